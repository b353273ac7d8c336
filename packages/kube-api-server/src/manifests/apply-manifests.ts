import { setTimeout as delay } from 'node:timers/promises';
import { isJsonObject, listOr, objectOr, textOr, type JsonObject } from '../json/json-value.ts';
import type { ServerAccess } from '../kubeconfig-for.ts';
import { callApi } from './api-call.ts';
import { readManifests, type ManifestSource } from './read-manifests.ts';

export interface ApplyManifestsOptions {
  /** Default `jetmesh`. */
  readonly fieldManager?: string;
  /** Default 10 s for the whole. */
  readonly timeoutMs?: number;
}

/**
 * Applies objects server-side: definitions first and established, then Namespaces, then the rest in the order written.
 * Returns `Kind namespace/name` of each.
 */
export async function applyManifests(
  server: ServerAccess,
  source: ManifestSource,
  options: ApplyManifestsOptions = {},
): Promise<string[]> {
  const { fieldManager = 'jetmesh', timeoutMs = 10_000 } = options;
  const session: Session = {
    server,
    fieldManager,
    signal: AbortSignal.timeout(timeoutMs),
    resources: new Map(),
  };
  const objects = await readManifests(source);
  const applied: string[] = [];
  for (const rank of [0, 1, 2]) {
    const turn = objects.filter((object) => rankOf(object) === rank);
    for (const object of turn) applied.push(await applyOne(session, object));
    if (rank === 0) for (const definition of turn) await untilEstablished(session, definition);
  }
  return applied;
}

interface Session {
  readonly server: ServerAccess;
  readonly fieldManager: string;
  readonly signal: AbortSignal;
  /** Resources of a group and version, once asked for. */
  readonly resources: Map<string, JsonObject[]>;
}

function rankOf({ kind }: JsonObject): number {
  if (kind === 'CustomResourceDefinition') return 0;
  return kind === 'Namespace' ? 1 : 2;
}

async function applyOne(session: Session, object: JsonObject): Promise<string> {
  const path = await pathOf(session, object);
  const query = new URLSearchParams({ fieldManager: session.fieldManager, force: 'true' });
  const { code, body } = await callApi(session.server, {
    method: 'PATCH',
    path: `${path}?${query.toString()}`,
    body: object,
    contentType: 'application/apply-patch+yaml',
    signal: session.signal,
  });
  if (code >= 300)
    throw new Error(`Applying ${titleOf(object)} failed: ${textOr(body.message, String(code))}`);
  return titleOf(body);
}

async function pathOf(session: Session, object: JsonObject): Promise<string> {
  const apiVersion = textOr(object.apiVersion, '');
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const resources = await resourcesOf(session, root);
  const resource = resources.find(
    ({ kind, name }) => kind === object.kind && !textOr(name, '').includes('/'),
  );
  if (resource === undefined) {
    throw new Error(
      `Applying ${titleOf(object)} failed: the server has no such kind in ${apiVersion}`,
    );
  }
  const { namespace, name } = objectOr(object.metadata);
  const scope = resource.namespaced === true ? `/namespaces/${textOr(namespace, 'default')}` : '';
  return `${root}${scope}/${textOr(resource.name, '')}/${encodeURIComponent(textOr(name, ''))}`;
}

async function resourcesOf(session: Session, root: string): Promise<JsonObject[]> {
  const known = session.resources.get(root);
  if (known !== undefined) return known;
  const { signal, server } = session;
  const { code, body } = await callApi(server, { method: 'GET', path: root, signal });
  const resources = code === 200 ? listOr(body.resources).filter(isJsonObject) : [];
  session.resources.set(root, resources);
  return resources;
}

async function untilEstablished(session: Session, definition: JsonObject): Promise<void> {
  const path = await pathOf(session, definition);
  for (;;) {
    const { signal, server } = session;
    const { body } = await callApi(server, { method: 'GET', path, signal });
    const conditions = listOr(objectOr(body.status).conditions).filter(isJsonObject);
    const established = conditions.find(({ type }) => type === 'Established');
    if (established?.status === 'True') return;
    await delay(50, undefined, { signal });
  }
}

function titleOf({ kind, metadata }: JsonObject): string {
  const { namespace, name } = objectOr(metadata);
  const path = typeof namespace === 'string' ? `${namespace}/` : '';
  return `${textOr(kind, 'object')} ${path}${textOr(name, '')}`;
}
