import type { HttpMessage } from '@jetmesh/cloudevents-http';
import type { Attempt } from './attempt.ts';
import { AttemptHandler, type BodyLimit } from './attempt-handler.ts';
import type { TrackedDispatchOptions } from './kept-connection-client.ts';
import type { Target } from './target.ts';

export interface SendOptions {
  readonly timeoutMs: number;
  readonly bodyLimit: BodyLimit;
}

/** The way to subscribers: `SubscriberConnections`. */
export interface RequestDispatcher {
  dispatch(target: Target, options: TrackedDispatchOptions, handler: AttemptHandler): void;
}

/** A connection that was closing anyway fails a request at once; what fails later has reached a subscriber. */
const closingRaceMs = 100;

/**
 * Makes one HTTP attempt and never rejects. A request that met a kept connection just being closed is sent once
 * more at once: the subscriber has not seen it, so both together are one attempt.
 */
export function sendEvent(
  connections: RequestDispatcher,
  target: Target,
  message: HttpMessage,
  options: SendOptions,
): Promise<Attempt> {
  return new Promise((resolve) => {
    const request: TrackedDispatchOptions = {
      origin: target.origin,
      path: target.path,
      method: 'POST',
      headers: message.headers,
      body: message.body,
      isOnKeptConnection: false,
    };
    const startedAtMs = performance.now();
    const send = (done: (attempt: Attempt, handler: AttemptHandler) => void) =>
      connections.dispatch(
        target,
        request,
        new AttemptHandler(options.timeoutMs, options.bodyLimit, done),
      );
    send((attempt, handler) => {
      const hasMetClosing =
        attempt.kind === 'unanswered' &&
        attempt.reason === 'connection' &&
        request.isOnKeptConnection &&
        !handler.hasAnswerBegun &&
        performance.now() - startedAtMs < closingRaceMs;
      // Not from within undici's own bookkeeping of the broken connection.
      if (hasMetClosing) queueMicrotask(() => send(resolve));
      else resolve(attempt);
    });
  });
}
