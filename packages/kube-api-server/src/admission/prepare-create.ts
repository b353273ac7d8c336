import type { ServedResource } from '../registry/resource.ts';
import { withoutFields } from '../json/json-value.ts';
import { withMetadata, withoutEmptyMetadata, type KubeObject } from '../object/kube-object.ts';

export interface CreateFacts {
  readonly uid: string;
  readonly now: Date;
  readonly name: string;
  readonly namespace: string | undefined;
  /** Other objects of the kind, for kinds whose names must differ in more than the name. */
  readonly peers: () => readonly KubeObject[];
}

/** A new object as the server starts it: identity set, what only the server writes cleared. */
export function prepareCreate(
  object: KubeObject,
  { resource, version }: ServedResource,
  facts: CreateFacts,
): KubeObject {
  const started = withMetadata(withoutEmptyMetadata(object), {
    name: facts.name,
    namespace: facts.namespace,
    uid: facts.uid,
    creationTimestamp: timestamp(facts.now),
    generation: resource.strategy.hasGeneration ? 1 : undefined,
    resourceVersion: undefined,
    selfLink: undefined,
    deletionTimestamp: undefined,
    deletionGracePeriodSeconds: undefined,
  });
  const cleared =
    version.hasStatus && resource.isCustom ? withoutFields(started, 'status') : started;
  return (
    resource.strategy.prepareCreate?.(cleared as KubeObject, facts.peers) ?? (cleared as KubeObject)
  );
}

/** RFC 3339 in whole seconds, as metadata has it. */
export function timestamp(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}
