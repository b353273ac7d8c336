import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { untilHolds } from '../support/until-holds.ts';
import { kubectls } from './kubectl/kubectls.ts';
import { Kubectl, type KubectlOutcome } from './kubectl/run-kubectl.ts';
import type { KubeApiUnderTest } from './support/kube-api-under-test.ts';
import { startRealKubeApiServer } from './support/real-kube-api-server.ts';
import { rightsOf, type Right } from './support/rights-of.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const manifests = `${repository}manifests`;
const quickstart = `-k ${manifests}/overlays/quickstart`;
const programs = [
  'ingress',
  'dispatcher',
  'trigger-controller',
  'subscription-bridge',
  'http-source-adapter',
];

let api: KubeApiUnderTest;
let kubectl: Kubectl;
const run = (line: string, stdin = ''): Promise<KubectlOutcome> => kubectl.run({ line, stdin });

beforeAll(async () => {
  api = await startRealKubeApiServer();
  const [newest] = [...kubectls()].sort((a, b) => b.minor - a.minor);
  kubectl = await Kubectl.create(newest!.binary, api);
}, 90_000);
afterAll(async () => {
  await kubectl.close();
  await api.stop();
});

async function applied(line: string): Promise<string[]> {
  const { exitCode, stdout, stderr } = await run(`apply ${line} --validate=strict`);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout.trimEnd().split('\n');
}

describe('manifests/overlays/quickstart', () => {
  it('is right to the last field, with restricted pods: no error and no warning', async () => {
    await applied(`-f ${manifests}/base/namespace.yaml`);
    await applied(`-k ${manifests}/crds`);
    const lines = await applied(`${quickstart} --dry-run=server`);
    expect(lines).toContain('deployment.apps/dispatcher created (server dry run)');
    expect(lines).toContain('statefulset.apps/nats created (server dry run)');
  });

  it('is in a Namespace where a pod that may do more would be warned about', async () => {
    const words = 'create deployment free --image=free -n jetmesh-system --dry-run=server';
    expect((await run(words)).stderr).toContain('would violate PodSecurity "restricted');
  });

  it('is one apply, after which the cluster has what it says', async () => {
    await applied(quickstart);
    expect(await run(`diff ${quickstart}`)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('is followed by the event bus, once its kinds are served', async () => {
    const lines = await applied(`-k ${manifests}/event-bus`);
    expect(lines).toContain('broker.eventing.knative.dev/event-bus created');
  });
});

describe('the ServiceAccount of every program', () => {
  const documented = rightsInDocs(readFileSync(`${repository}docs/rights.md`, 'utf8'));

  const listed = async (account: string, namespace: string) => {
    const user = `system:serviceaccount:jetmesh-system:${account}`;
    const line = `auth can-i --list --no-headers --as=${user} -n ${namespace}`;
    return (await run(line)).stdout;
  };
  const rightsNow = async (program: string) =>
    rightsOf({
      everybody: await listed('default', 'kyma-system'),
      everywhere: await listed(program, 'kyma-system'),
      atHome: await listed(program, 'jetmesh-system'),
    });

  it.each(programs)('may do exactly what docs/rights.md says: %s', async (program) => {
    await untilHolds(async () => expect(await rightsNow(program)).toEqual(documented.get(program)));
  });

  it.each(programs)('reads no Secret and writes nothing but kinds of ours: %s', async (program) => {
    const rights = await rightsNow(program);
    const reaches = (part: string) => rights.filter(([resource]) => resource.includes(part));
    for (const part of ['*', 'secrets', 'pods', 'roles', 'serviceaccounts']) {
      expect(reaches(part)).toEqual([]);
    }
    const written = rights.filter(([, , , verbs]) => /create|update|patch|delete/.test(verbs));
    const ours = /\.(eventing\.knative\.dev|kyma-project\.io)(\/|$)|^events$|^leases\./;
    expect(written.map(([resource]) => resource).filter((name) => !ours.test(name))).toEqual([]);
  });
});

/** Rows below the heading of each program. */
function rightsInDocs(text: string): ReadonlyMap<string, Right[]> {
  return new Map(
    text.split('\n## ').map((section) => {
      const [heading = '', ...lines] = section.split('\n');
      const cells = lines.filter((line) => line.startsWith('|')).slice(2);
      const rows = cells.map((line) => line.split('|').slice(1, 5)) as unknown as Right[];
      const plain = rows.map((row) => row.map((cell) => cell.trim().replaceAll('`', '')));
      return [heading.trim(), plain.sort() as unknown as Right[]];
    }),
  );
}
