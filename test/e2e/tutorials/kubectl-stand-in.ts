/** The commands of kubectl that tutorials use, for machines without it: apply -f, wait --for, get -o jsonpath. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  brokerKind,
  conditionOf,
  eventActivationKind,
  httpSourceKind,
  namespaceKind,
  subscriptionKind,
  triggerKind,
  type Condition,
  type KubernetesObject,
  type ResourceKind,
} from '@jetmesh/eventing-api';
import { loadKubeClient, type KubeClient } from '@jetmesh/kube-controller';
import { parseAllDocuments } from 'yaml';
import { eventually } from '../../support/eventually.ts';

const kinds: readonly ResourceKind[] = [
  brokerKind,
  eventActivationKind,
  httpSourceKind,
  namespaceKind,
  subscriptionKind,
  triggerKind,
];

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    filename: { type: 'string', short: 'f' },
    namespace: { type: 'string', short: 'n' },
    output: { type: 'string', short: 'o' },
    for: { type: 'string' },
    timeout: { type: 'string' },
  },
});

const client = await loadKubeClient({ kubeconfig: process.env.KUBECONFIG ?? '' });
try {
  await run(client);
} finally {
  await client.close();
}

async function run(kube: KubeClient): Promise<void> {
  const [command, ...names] = positionals;
  if (command === 'apply') await apply(kube);
  else if (command === 'wait') for (const name of names) await wait(kube, name);
  else await get(kube, names);
}

async function apply(kube: KubeClient): Promise<void> {
  const documents = parseAllDocuments(readFileSync(values.filename ?? '', 'utf8'));
  for (const document of documents) {
    const object = document.toJS() as KubernetesObject;
    const kind = kinds.find((one) => one.kind === object.kind);
    if (kind === undefined) throw new Error(`No such kind: ${object.kind}`);
    const version = object.apiVersion.slice(object.apiVersion.lastIndexOf('/') + 1);
    await kube.apply({ ...kind, version }, object, { fieldManager: 'kubectl', force: true });
  }
}

async function wait(kube: KubeClient, name: string): Promise<void> {
  const [singular = '', objectName = ''] = name.split('/');
  const kind = kindNamed(singular);
  const key = `${values.namespace ?? 'default'}/${objectName}`;
  await eventually(
    async () => {
      const found = await kube.get<KubernetesObject>(kind, key);
      return found !== undefined && isMet(found);
    },
    { timeoutMs: 60_000 },
  );
  process.stdout.write(`${singular}.${kind.group}/${objectName} condition met\n`);
}

function isMet(object: KubernetesObject & { status?: { conditions?: Condition[] } }): boolean {
  const [, path, value] = /^jsonpath=\{(.*)\}=(.*)$/.exec(values.for ?? '') ?? [];
  return path === undefined
    ? conditionOf(object, 'Ready')?.status === 'True'
    : valueAt(object, path) === value;
}

async function get(kube: KubeClient, [plural = '', name]: readonly string[]): Promise<void> {
  const kind = kindNamed(plural.replace(/s$/, ''));
  const namespace = values.namespace ?? 'default';
  if (name === undefined) {
    const { items } = await kube.list(kind, { namespace });
    for (const { metadata } of items) process.stdout.write(`${metadata.name}\n`);
    return;
  }
  const object = await kube.get<KubernetesObject>(kind, `${namespace}/${name}`);
  const template = (values.output ?? '').replace('jsonpath=', '');
  process.stdout.write(
    template.replace(/\{([^}]*)\}/g, (_, path: string) => valueAt(object, path)),
  );
}

function kindNamed(singular: string): ResourceKind {
  const kind = kinds.find((one) => one.kind.toLowerCase() === singular);
  if (kind === undefined) throw new Error(`No such kind: ${singular}`);
  return kind;
}

function valueAt(object: unknown, path: string): string {
  let value = object;
  for (const name of path.split('.').filter((part) => part !== '')) {
    value = (value as Record<string, unknown> | undefined)?.[name];
  }
  return String(value);
}
