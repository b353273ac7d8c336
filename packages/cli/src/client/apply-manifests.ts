import type { KubernetesObject, ResourceKind } from '@jetmesh/eventing-api';
import {
  brokerKind,
  configMapKind,
  eventActivationKind,
  httpSourceKind,
  namespaceKind,
  serviceKind,
  subscriptionKind,
  triggerKind,
} from '@jetmesh/eventing-api';
import type { KubeClient } from '@jetmesh/kube-controller';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const kinds: readonly ResourceKind[] = [
  namespaceKind,
  serviceKind,
  configMapKind,
  brokerKind,
  triggerKind,
  httpSourceKind,
  eventActivationKind,
  subscriptionKind,
];

/** Applies every YAML document of a folder, file by file in the order of their names (server-side apply). */
export async function applyManifests(client: KubeClient, folder: string): Promise<number> {
  const objects = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => readManifest(join(folder, file)));
  for (const object of objects) {
    await client.apply(kindOf(object), object, { fieldManager: 'jetmesh-demo', force: true });
  }
  return objects.length;
}

function readManifest(file: string): KubernetesObject[] {
  return parseAllDocuments(readFileSync(file, 'utf8'))
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null);
}

/** The kind of an object at the version its `apiVersion` asks for. */
function kindOf(object: KubernetesObject): ResourceKind {
  const slash = object.apiVersion.indexOf('/');
  const group = slash === -1 ? '' : object.apiVersion.slice(0, slash);
  const version = object.apiVersion.slice(slash + 1);
  const kind = kinds.find((one) => one.kind === object.kind && one.group === group);
  if (kind === undefined)
    throw new Error(`No such kind here: "${object.apiVersion} ${object.kind}"`);
  return { ...kind, version };
}
