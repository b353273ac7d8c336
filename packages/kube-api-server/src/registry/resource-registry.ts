import { reviewKinds } from '../discovery/review-kinds.ts';
import type { Resource, ServedResource } from './resource.ts';
import { compareVersions } from './compare-versions.ts';

/** A group with its served versions, the preferred one first. */
export interface ApiGroup {
  readonly name: string;
  readonly versions: readonly string[];
}

/** Which resources are served now: the built-in ones and those of established definitions. */
export class ResourceRegistry {
  readonly #builtIn: readonly Resource[];
  readonly #custom = new Map<string, Resource>();
  #served = new Map<string, ServedResource>();
  #edition = 0;

  constructor(builtIn: readonly Resource[]) {
    this.#builtIn = builtIn;
    this.#index();
  }

  /** Grows with each change; what is computed from the registry is valid for one edition. */
  get edition(): number {
    return this.#edition;
  }

  find(group: string, version: string, plural: string): ServedResource | undefined {
    return this.#served.get(`${group}/${version}/${plural}`);
  }

  findKind(group: string, version: string, kind: string): ServedResource | undefined {
    const served = [...this.#served.values()];
    return served.find(
      (each) =>
        each.resource.group === group &&
        each.version.name === version &&
        each.resource.kind === kind,
    );
  }

  resources(): Resource[] {
    return [...this.#builtIn, ...[...this.#custom.values()].sort(byGroupAndName)];
  }

  /** The resource whose objects are kept under a storage id. */
  storedAs(storageId: string): Resource | undefined {
    return this.resources().find((resource) => resource.storageId === storageId);
  }

  resourcesOf(group: string, version: string): ServedResource[] {
    return [...this.#served.values()].filter(
      (each) => each.resource.group === group && each.version.name === version,
    );
  }

  groups(): ApiGroup[] {
    const versionsOf = new Map<string, Set<string>>();
    const served = [...this.#served.values()].map(({ resource, version }) => ({
      isCustom: resource.isCustom,
      group: resource.group,
      version: version.name,
    }));
    const pairs = [
      ...served.filter(({ isCustom }) => !isCustom),
      ...reviewKinds,
      ...served.filter(({ isCustom }) => isCustom),
    ];
    for (const { group, version } of pairs) {
      const versions = versionsOf.get(group) ?? new Set();
      versionsOf.set(group, versions.add(version));
    }
    return [...versionsOf].map(([name, versions]) => ({
      name,
      versions: [...versions].sort(compareVersions),
    }));
  }

  serveCustom(definitionName: string, resource: Resource): void {
    this.#custom.set(definitionName, resource);
    this.#index();
  }

  removeCustom(definitionName: string): void {
    if (this.#custom.delete(definitionName)) this.#index();
  }

  #index(): void {
    const entries = this.resources().flatMap((resource) =>
      resource.versions
        .filter(({ isServed }) => isServed)
        .map((version): [string, ServedResource] => [
          `${resource.group}/${version.name}/${resource.plural}`,
          { resource, version },
        ]),
    );
    this.#served = new Map(entries);
    this.#edition += 1;
  }
}

function byGroupAndName(left: Resource, right: Resource): number {
  return `${left.group}/${left.plural}` < `${right.group}/${right.plural}` ? -1 : 1;
}
