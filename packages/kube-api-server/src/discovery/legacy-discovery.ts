import { createHash } from 'node:crypto';
import type { JsonObject } from '../json/json-value.ts';
import type { Resource, ServedResource } from '../registry/resource.ts';
import type { ApiGroup, ResourceRegistry } from '../registry/resource-registry.ts';
import { reviewKinds } from './review-kinds.ts';
import { subresourceVerbs } from '../registry/verbs.ts';

/** `GET /api`. */
export function coreVersions(serverAddress: string): JsonObject {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress }],
  };
}

/** `GET /apis`. */
export function groupList(registry: ResourceRegistry): JsonObject {
  const groups = registry.groups().filter(({ name }) => name !== '');
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupOf) };
}

/** `GET /apis/<group>`; undefined when it is not served. */
export function oneGroup(registry: ResourceRegistry, name: string): JsonObject | undefined {
  const group = registry.groups().find((each) => each.name === name && name !== '');
  return group === undefined
    ? undefined
    : { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group) };
}

function groupOf({ name, versions }: ApiGroup): JsonObject {
  const listed = versions.map((version) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions: listed, preferredVersion: listed[0] };
}

/** `GET /api/v1` and `GET /apis/<group>/<version>`; undefined when it is not served. */
export function resourceList(
  registry: ResourceRegistry,
  group: string,
  version: string,
): JsonObject | undefined {
  const served = registry.resourcesOf(group, version);
  const reviews = reviewKinds.filter((each) => each.group === group && each.version === version);
  if (served.length + reviews.length === 0) return undefined;
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: group === '' ? version : `${group}/${version}`,
    resources: [
      ...served.flatMap(resourceEntries),
      ...reviews.map(({ plural, kind }) => ({
        name: plural,
        singularName: kind.toLowerCase(),
        namespaced: false,
        kind,
        verbs: ['create'],
      })),
    ],
  };
}

function resourceEntries({ resource, version }: ServedResource): JsonObject[] {
  const { plural, singular, kind, isNamespaced } = resource;
  const main: JsonObject = {
    name: plural,
    singularName: singular,
    namespaced: isNamespaced,
    kind,
    verbs: [...resource.verbs],
    ...(resource.shortNames.length === 0 ? {} : { shortNames: [...resource.shortNames] }),
    ...(resource.categories.length === 0 ? {} : { categories: [...resource.categories] }),
    storageVersionHash: storageVersionHash(resource),
  };
  const entries = [main];
  if (version.hasStatus) {
    entries.push(subresource(`${plural}/status`, { kind, isNamespaced }));
  }
  if (version.scale !== undefined) {
    const scale = subresource(`${plural}/scale`, { kind: 'Scale', isNamespaced });
    entries.push({ ...scale, group: 'autoscaling', version: 'v1' });
  }
  return entries;
}

function subresource(name: string, of: { kind: string; isNamespaced: boolean }): JsonObject {
  return {
    name,
    singularName: '',
    namespaced: of.isNamespaced,
    kind: of.kind,
    verbs: [...subresourceVerbs],
  };
}

function storageVersionHash({ group, storageVersion, kind }: Resource): string {
  const hash = createHash('sha256').update(`${group}/${storageVersion}/${kind}`).digest();
  return hash.subarray(0, 8).toString('base64');
}
