import { expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';

interface Deployment {
  kind: string;
  metadata: { name: string };
  spec: { template: { spec: PodSpec } };
}
interface PodSpec {
  serviceAccountName: string;
  terminationGracePeriodSeconds: number;
  containers: {
    image: string;
    args: string[];
    lifecycle?: { preStop: { sleep: { seconds: number } } };
  }[];
}

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const base = fileURLToPath(new URL('../../manifests/base', import.meta.url));
const everyProgram = parse(read('manifests/base/every-program.yaml')) as Deployment;
const deployments = readdirSync(base)
  .filter((file) => file !== 'every-program.yaml')
  .flatMap((file) => parseAllDocuments(read(`manifests/base/${file}`)))
  .map((document) => document.toJS() as Deployment)
  .filter(({ kind }) => kind === 'Deployment');

it('every Deployment runs an entry point of the image under a ServiceAccount of its own', () => {
  const dist = read('scripts/dist.mjs');
  expect(deployments).toHaveLength(5);
  for (const { metadata, spec } of deployments) {
    const [container] = spec.template.spec.containers;
    expect(spec.template.spec.serviceAccountName).toBe(metadata.name);
    expect(container!.args).toEqual([`bin/${metadata.name}.js`]);
    expect(dist).toMatch(new RegExp(`^ {2}'?${metadata.name}'?: '.*main\\.js',$`, 'm'));
  }
});

it('the image has the version of the package', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  expect(everyProgram.spec.template.spec.containers[0]!.image).toBe(`jetmesh:${version}`);
});

it('no pod is killed before its program has had its time to stop', () => {
  const runProgram = read('packages/service-runtime/src/program/run-program.ts');
  const [, stopDeadlineMs] = /stopDeadlineMs = ([\d_]+);/.exec(runProgram) ?? [];
  const stopSeconds = Number(stopDeadlineMs?.replaceAll('_', '')) / 1000;
  const { terminationGracePeriodSeconds } = everyProgram.spec.template.spec;
  for (const { spec } of deployments) {
    const sleep = spec.template.spec.containers[0]!.lifecycle?.preStop.sleep.seconds ?? 0;
    expect(terminationGracePeriodSeconds).toBeGreaterThan(stopSeconds + sleep);
  }
});
