import type { KubernetesObject, ResourceKind } from '@jetmesh/eventing-api';
import { LinkedAbort } from '../linked-abort.ts';
import type { ApiRequests } from './api-requests.ts';
import { KubeApiError } from './kube-api-error.ts';
import { collectionPath } from './resource-path.ts';

export interface WatchOptions {
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly resourceVersion: string;
  /** After this the server ends the watch in order. */
  readonly timeoutSeconds: number;
  /** Without a byte for so long the connection counts as dead. */
  readonly stallMs: number;
  readonly signal: AbortSignal;
}

export type WatchEvent =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: KubernetesObject }
  | { readonly type: 'BOOKMARK'; readonly object: KubernetesObject };

/** A watch that said nothing, not even a bookmark, for too long: perhaps a half-open connection. */
export class WatchStalledError extends Error {
  override readonly name = 'WatchStalledError';
  readonly code = 'watch_stalled';
}

/**
 * The events of one watch request, until the server ends it. An ERROR event is thrown as the `KubeApiError` it carries
 * (410 when the resourceVersion is too old).
 */
export async function* watchEvents(
  requests: ApiRequests,
  kind: ResourceKind,
  options: WatchOptions,
): AsyncGenerator<WatchEvent> {
  const ending = new LinkedAbort(options.signal);
  const stall = new StallTimer(options.stallMs, () =>
    ending.abort(
      new WatchStalledError(`No byte in ${options.stallMs} ms from the watch of ${kind.plural}`),
    ),
  );
  const path = collectionPath(kind, options.namespace);
  try {
    const request = { method: 'GET', path, query: queryOf(options) } as const;
    const body = await requests.stream(request, ending.signal);
    for await (const line of linesOf(body, stall)) yield eventOf(line, `watch ${path}`);
  } finally {
    stall.stop();
    ending.unlink();
    ending.abort();
  }
}

function queryOf(options: WatchOptions): Record<string, string | undefined> {
  return {
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion: options.resourceVersion,
    timeoutSeconds: String(options.timeoutSeconds),
    labelSelector: options.labelSelector,
    fieldSelector: options.fieldSelector,
  };
}

/** Restarted by every byte; one timer, not one a chunk. */
class StallTimer {
  readonly #timer: NodeJS.Timeout;

  constructor(stallMs: number, onStall: () => void) {
    this.#timer = setTimeout(onStall, stallMs);
  }

  restart(): void {
    this.#timer.refresh();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

async function* linesOf(
  body: AsyncIterable<Uint8Array>,
  stall: StallTimer,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    stall.restart();
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line !== '');
  }
}

function eventOf(line: string, request: string): WatchEvent {
  const event = JSON.parse(line) as
    WatchEvent | { type: 'ERROR'; object: { code?: number; reason?: string; message?: string } };
  if (event.type !== 'ERROR') return event;
  const { code = 500, reason = '', message = 'watch failed' } = event.object;
  throw new KubeApiError(request, { status: code, reason, message });
}
