import type { JsonObject } from '../json/json-value.ts';
import type { ServedResource } from '../registry/resource.ts';
import type { ApiGroup, ResourceRegistry } from '../registry/resource-registry.ts';
import { reviewKinds, type ReviewKind } from './review-kinds.ts';
import { subresourceVerbs } from '../registry/verbs.ts';

export type DiscoveryVersion = 'v2' | 'v2beta1';

/** Everything under `/api` (the core group) or `/apis` (all others) in one document. */
export function aggregatedDiscovery(
  registry: ResourceRegistry,
  root: 'api' | 'apis',
  version: DiscoveryVersion,
): JsonObject {
  const groups = registry.groups().filter(({ name }) => (name === '') === (root === 'api'));
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: `apidiscovery.k8s.io/${version}`,
    metadata: {},
    items: groups.map((group) => groupOf(registry, group)),
  };
}

export function discoveryContentType(version: DiscoveryVersion): string {
  return `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
}

function groupOf(registry: ResourceRegistry, { name, versions }: ApiGroup): JsonObject {
  return {
    metadata: name === '' ? {} : { name },
    versions: versions.map((version) => ({
      version,
      resources: [
        ...registry.resourcesOf(name, version).map(resourceOf),
        ...reviewKinds
          .filter((each) => each.group === name && each.version === version)
          .map(reviewOf),
      ],
      freshness: 'Current',
    })),
  };
}

function resourceOf({ resource, version }: ServedResource): JsonObject {
  const responseKind = { group: resource.group, version: version.name, kind: resource.kind };
  const subresources: JsonObject[] = [];
  if (version.hasStatus) {
    subresources.push({ subresource: 'status', responseKind, verbs: [...subresourceVerbs] });
  }
  if (version.scale !== undefined) {
    const scale = { group: 'autoscaling', version: 'v1', kind: 'Scale' };
    subresources.push({ subresource: 'scale', responseKind: scale, verbs: [...subresourceVerbs] });
  }
  return {
    resource: resource.plural,
    responseKind,
    scope: resource.isNamespaced ? 'Namespaced' : 'Cluster',
    singularResource: resource.singular,
    verbs: [...resource.verbs],
    ...(resource.shortNames.length === 0 ? {} : { shortNames: [...resource.shortNames] }),
    ...(resource.categories.length === 0 ? {} : { categories: [...resource.categories] }),
    ...(subresources.length === 0 ? {} : { subresources }),
  };
}

function reviewOf({ group, version, kind, plural }: ReviewKind): JsonObject {
  return {
    resource: plural,
    responseKind: { group, version, kind },
    scope: 'Cluster',
    singularResource: kind.toLowerCase(),
    verbs: ['create'],
  };
}
