import { isJsonObject, listOr, objectOr, textOr, type JsonObject } from '../json/json-value.ts';
import type { ApiSession } from './api-session.ts';

/**
 * Deletes every object, of whatever kind, that has the label, was applied by the manager and is not among those to keep:
 * a label alone may have been copied by a controller. Definitions and Namespaces go last, so that they take nothing with
 * them that goes by itself. Returns what was deleted.
 */
export async function pruneObjects(
  session: ApiSession,
  { labelSelector, fieldManager }: { labelSelector: string; fieldManager: string },
  kept: readonly JsonObject[],
): Promise<JsonObject[]> {
  const keptUids = new Set(kept.map(uidOf));
  const pruned: JsonObject[] = [];
  const query = new URLSearchParams({ labelSelector }).toString();
  for (const collection of (await session.collections()).sort(lastOnesLast)) {
    const { body } = await session.call({ method: 'GET', path: `${collection}?${query}` });
    const labelled = listOr(body.items).filter(isJsonObject);
    const applied = labelled.filter((object) => isAppliedBy(object, fieldManager));
    for (const object of applied.filter((one) => !keptUids.has(uidOf(one)))) {
      await deleteObject(session, pathIn(collection, object), uidOf(object));
      pruned.push({ kind: textOr(body.kind, '').replace(/List$/, ''), ...object });
    }
  }
  return pruned;
}

function isAppliedBy({ metadata }: JsonObject, fieldManager: string): boolean {
  return listOr(objectOr(metadata).managedFields)
    .map(objectOr)
    .some(({ manager, operation }) => manager === fieldManager && operation === 'Apply');
}

function lastOnesLast(left: string, right: string): number {
  return rankOf(left) - rankOf(right);
}

function rankOf(collection: string): number {
  if (collection.endsWith('/customresourcedefinitions')) return 2;
  return collection === '/api/v1/namespaces' ? 1 : 0;
}

/** Only that object: another of its name, made meanwhile, stays. */
async function deleteObject(session: ApiSession, path: string, uid: string): Promise<void> {
  const { code, body } = await session.call({
    method: 'DELETE',
    path,
    contentType: 'application/json',
    body: { kind: 'DeleteOptions', apiVersion: 'v1', preconditions: { uid } },
  });
  const isGone = code === 404 || code === 409;
  if (code >= 300 && !isGone)
    throw new Error(`Deleting ${path} failed: ${textOr(body.message, '')}`);
}

function pathIn(collection: string, { metadata }: JsonObject): string {
  const { namespace, name } = objectOr(metadata);
  const object = encodeURIComponent(textOr(name, ''));
  if (typeof namespace !== 'string') return `${collection}/${object}`;
  const at = collection.lastIndexOf('/');
  return `${collection.slice(0, at)}/namespaces/${namespace}${collection.slice(at)}/${object}`;
}

function uidOf({ metadata }: JsonObject): string {
  return textOr(objectOr(metadata).uid, '');
}
