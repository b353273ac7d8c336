import { badRequest, expired } from '../errors/api-errors.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { KubeObject } from '../object/kube-object.ts';
import { inVersion } from '../registry/resource.ts';
import type { ObjectPredicate } from '../selectors/object-selector.ts';
import type { ObjectCollection } from '../store/object-collection.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { ApiContext } from './api-context.ts';
import { decodeContinueToken, encodeContinueToken } from './continue-token.ts';
import { readSelector } from './read-selector.ts';
import type { ResourceRequest } from './resource-request.ts';

/** One page of objects in order of Namespace and name. */
export function listObjects(api: ApiContext, request: ResourceRequest): ApiAnswer {
  const { served, query } = request;
  const collection = api.store.collection(served.resource.storageId);
  const start = readStart(query, collection, api.store.revision);
  const limit = readCount(query.get('limit'));
  const page = takePage(collection, { after: start.after, limit, selects: readSelector(request) });
  const metadata: JsonObject = { resourceVersion: String(start.revision) };
  if (page.next !== undefined) {
    metadata.continue = encodeContinueToken({ revision: start.revision, after: page.next });
    metadata.remainingItemCount = page.remainingCount;
  }
  const items = page.items.map((object) => inVersion(served, object));
  return { kind: 'list', served, list: { items, metadata } };
}

interface PageStart {
  readonly revision: number;
  readonly after: string | undefined;
}

/** Later pages keep the first page's revision, so that a watch from it replays what changed in between. */
function readStart(
  query: URLSearchParams,
  collection: ObjectCollection,
  revision: number,
): PageStart {
  const token = query.get('continue') ?? '';
  if (token === '') return { revision, after: undefined };
  const start = decodeContinueToken(token);
  if (start === undefined) throw badRequest('continue key is not valid');
  if (start.revision < collection.window.floor) {
    throw expired(
      'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.',
    );
  }
  return start;
}

interface Page {
  readonly items: KubeObject[];
  readonly next: string | undefined;
  readonly remainingCount: number;
}

function takePage(
  collection: ObjectCollection,
  { after, limit, selects }: { after: string | undefined; limit: number; selects: ObjectPredicate },
): Page {
  const items: KubeObject[] = [];
  let next: string | undefined;
  let remainingCount = 0;
  let last: string | undefined;
  for (const key of collection.sortedKeys()) {
    if (after !== undefined && key <= after) continue;
    const object = collection.get(key);
    if (object === undefined || !selects(object)) continue;
    if (limit > 0 && items.length === limit) {
      next = last;
      remainingCount += 1;
      continue;
    }
    items.push(object);
    last = key;
  }
  return { items, next, remainingCount };
}

function readCount(text: string | null): number {
  if (text === null || text === '') return 0;
  const count = Number(text);
  if (!Number.isInteger(count) || count < 0) throw badRequest(`limit is not a count: ${text}`);
  return count;
}
