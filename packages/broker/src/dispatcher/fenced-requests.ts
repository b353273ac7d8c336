import type { AttemptHandler } from './attempt-handler.ts';
import type { TrackedDispatchOptions } from './kept-connection-client.ts';
import type { RequestDispatcher } from './send-event.ts';
import type { Target } from './target.ts';

/** Requests that only the holder of a claim may make: none begins without it, and none outlives it. */
export class FencedRequests implements RequestDispatcher {
  readonly #connections: RequestDispatcher;
  readonly #isAllowed: () => boolean;
  readonly #open = new Set<AttemptHandler>();

  constructor(connections: RequestDispatcher, isAllowed: () => boolean) {
    this.#connections = connections;
    this.#isAllowed = isAllowed;
  }

  dispatch(target: Target, options: TrackedDispatchOptions, handler: AttemptHandler): void {
    if (!this.#isAllowed()) {
      handler.abort('another dispatcher may be delivering for this Trigger');
      return;
    }
    this.#open.add(handler);
    handler.onEnd = () => void this.#open.delete(handler);
    this.#connections.dispatch(target, options, handler);
  }

  abortAll(): void {
    for (const handler of [...this.#open]) handler.abort('this dispatcher delivers no longer');
  }
}
