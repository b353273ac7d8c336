import type { Trigger } from '@jetmesh/eventing-api';

export type FilterSpec = Pick<Trigger['spec'], 'filter' | 'filters'>;

/** The part of a Trigger that its compiled filter depends on. */
export function filterSpecOf({ spec: { filter, filters } }: Trigger): FilterSpec {
  return { ...(filter && { filter }), ...(filters && { filters }) };
}
