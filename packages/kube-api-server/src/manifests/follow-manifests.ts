import { setTimeout as delay } from 'node:timers/promises';
import { canonicalJson } from '../json/canonical-json.ts';
import { objectOr, type JsonObject } from '../json/json-value.ts';
import type { ServerAccess } from '../kubeconfig-for.ts';
import type { Logger } from '../logger.ts';
import { ApiSession, titleOf } from './api-session.ts';
import { applyObjects } from './apply-objects.ts';
import { pruneObjects } from './prune-objects.ts';
import { readManifests } from './read-manifests.ts';

export interface FollowManifestsOptions {
  /** A file or a folder. */
  readonly path: string;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** Default 1 s. */
  readonly intervalMs?: number;
}

/** On every object of followed manifests, and how those are found that are in none any more. */
const label = 'jetmesh.dev/manifests';
const labelValue = 'followed';
const fieldManager = 'jetmesh-manifests';
const timeoutMs = 30_000;

/**
 * Keeps a server's objects as a file or folder says, until its signal ends it: they are applied now and whenever they
 * change, and one that is no longer there is deleted. Manifests that cannot be read or applied delete nothing, and are
 * tried again at every look.
 */
export async function followManifests(
  server: ServerAccess,
  { path, logger, signal, intervalMs = 1000 }: FollowManifestsOptions,
): Promise<void> {
  let done: string | undefined;
  const complaints = new Complaints(logger, path);
  const isOver = () => signal.aborted;
  while (!isOver()) {
    try {
      const objects = (await readManifests({ path })).map(labelled);
      const wanted = canonicalJson(objects);
      if (wanted !== done) await bringAbout(server, objects, { logger, signal });
      done = wanted;
      complaints.end();
    } catch (error) {
      if (!isOver()) complaints.add(error);
    }
    await delay(intervalMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Logs a failure once, however often it is met in a row. */
class Complaints {
  readonly #logger: Logger;
  readonly #path: string;
  #last: string | undefined;

  constructor(logger: Logger, path: string) {
    this.#logger = logger;
    this.#path = path;
  }

  add(err: unknown): void {
    const text = String(err);
    if (text !== this.#last) {
      this.#logger.warn('Manifests not applied; trying again', { path: this.#path, err });
    }
    this.#last = text;
  }

  end(): void {
    this.#last = undefined;
  }
}

async function bringAbout(
  server: ServerAccess,
  objects: readonly JsonObject[],
  { logger, signal }: Pick<FollowManifestsOptions, 'logger' | 'signal'>,
): Promise<void> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const session = new ApiSession(server, limit);
  const applied = await applyObjects(session, objects, fieldManager);
  const own = { labelSelector: `${label}=${labelValue}`, fieldManager };
  const pruned = await pruneObjects(session, own, applied);
  logger.info('Manifests applied', {
    applied: applied.map(titleOf),
    deleted: pruned.map(titleOf),
  });
}

function labelled(object: JsonObject): JsonObject {
  const metadata = objectOr(object.metadata);
  const labels = { ...objectOr(metadata.labels), [label]: labelValue };
  return { ...object, metadata: { ...metadata, labels } };
}
