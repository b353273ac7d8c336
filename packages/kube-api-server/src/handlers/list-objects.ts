import { badRequest } from '../errors/api-errors.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { KubeObject } from '../object/kube-object.ts';
import { inVersion } from '../registry/resource.ts';
import type { ObjectPredicate } from '../selectors/object-selector.ts';
import { snapshotAt, type Snapshot } from '../store/snapshot.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { ApiContext } from './api-context.ts';
import { encodeContinueToken } from './continue-token.ts';
import { readListStart, snapshotGone } from './list-start.ts';
import { readSelector } from './read-selector.ts';
import type { ResourceRequest } from './resource-request.ts';

/** One page of objects in order of Namespace and name. */
export function listObjects(api: ApiContext, request: ResourceRequest): ApiAnswer {
  const { served, query } = request;
  const { revision, after } = readListStart(query, api.store.revision);
  const snapshot = snapshotAt(api.store.collection(served.resource.storageId), revision);
  if (snapshot === undefined) throw snapshotGone();
  const limit = readCount(query.get('limit'));
  const page = takePage(snapshot, { after, limit, selects: readSelector(request) });
  const metadata: JsonObject = {
    ...(served.resource.isCustom ? { continue: '' } : {}),
    resourceVersion: String(revision),
  };
  if (page.next !== undefined) {
    metadata.continue = encodeContinueToken({ revision, after: page.next });
    const isSelected = (query.get('labelSelector') ?? query.get('fieldSelector') ?? '') !== '';
    if (!isSelected) metadata.remainingItemCount = page.remainingCount;
  }
  const items = page.items.map((object) => inVersion(served, object));
  return { kind: 'list', served, list: { items, metadata } };
}

interface Page {
  readonly items: KubeObject[];
  readonly next: string | undefined;
  readonly remainingCount: number;
}

function takePage(
  snapshot: Snapshot,
  { after, limit, selects }: { after: string | undefined; limit: number; selects: ObjectPredicate },
): Page {
  const items: KubeObject[] = [];
  let last: string | undefined;
  let remainingCount = 0;
  for (const key of snapshot.keys) {
    if (after !== undefined && key <= after) continue;
    const object = snapshot.get(key);
    if (object === undefined || !selects(object)) continue;
    if (limit > 0 && items.length === limit) {
      remainingCount += 1;
      continue;
    }
    items.push(object);
    last = key;
  }
  return { items, next: remainingCount > 0 ? last : undefined, remainingCount };
}

function readCount(text: string | null): number {
  if (text === null || text === '') return 0;
  if (/^-?[0-9]+$/.test(text)) return Math.max(0, Number(text));
  throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
}
