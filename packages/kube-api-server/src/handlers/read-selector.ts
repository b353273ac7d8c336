import { objectSelector, type ObjectPredicate } from '../selectors/object-selector.ts';
import type { ResourceRequest } from './resource-request.ts';

/** What the query and path of a list, watch or deletion of many select. */
export function readSelector({ served, namespace, name, query }: ResourceRequest): ObjectPredicate {
  const selects = objectSelector(served, {
    namespace,
    labelSelector: query.get('labelSelector') ?? '',
    fieldSelector: query.get('fieldSelector') ?? '',
  });
  return name === undefined
    ? selects
    : (object) => object.metadata.name === name && selects(object);
}
