import { setTimeout as delay } from 'node:timers/promises';
import { isJsonObject, listOr, objectOr, textOr, type JsonObject } from '../json/json-value.ts';
import { titleOf, type ApiSession } from './api-session.ts';

/**
 * Applies objects server-side: definitions first and established, then Namespaces, then the rest in the order written.
 * Returns each as the server has it now.
 */
export async function applyObjects(
  session: ApiSession,
  objects: readonly JsonObject[],
  fieldManager: string,
): Promise<JsonObject[]> {
  const applied: JsonObject[] = [];
  for (const rank of [0, 1, 2]) {
    const turn = objects.filter((object) => rankOf(object) === rank);
    for (const object of turn) applied.push(await applyOne(session, object, fieldManager));
    if (rank === 0) for (const definition of turn) await untilEstablished(session, definition);
  }
  return applied;
}

function rankOf({ kind }: JsonObject): number {
  if (kind === 'CustomResourceDefinition') return 0;
  return kind === 'Namespace' ? 1 : 2;
}

async function applyOne(
  session: ApiSession,
  object: JsonObject,
  fieldManager: string,
): Promise<JsonObject> {
  const query = new URLSearchParams({ fieldManager, force: 'true' });
  const { code, body } = await session.call({
    method: 'PATCH',
    path: `${await session.pathOf(object)}?${query.toString()}`,
    body: object,
    contentType: 'application/apply-patch+yaml',
  });
  if (code >= 300)
    throw new Error(`Applying ${titleOf(object)} failed: ${textOr(body.message, String(code))}`);
  return body;
}

async function untilEstablished(session: ApiSession, definition: JsonObject): Promise<void> {
  const path = await session.pathOf(definition);
  for (;;) {
    const { body } = await session.call({ method: 'GET', path });
    const conditions = listOr(objectOr(body.status).conditions).filter(isJsonObject);
    const established = conditions.find(({ type }) => type === 'Established');
    if (established?.status === 'True') return;
    await delay(50, undefined, { signal: session.signal });
  }
}
