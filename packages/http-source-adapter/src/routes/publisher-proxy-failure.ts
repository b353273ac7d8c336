import type { ForwardFailure } from '../forward/forward-outcome.ts';
import { jsonAnswer, type Answer } from '../server/answer.ts';

/** The publisher proxy's answers to failures of its backend, with its texts, on `/publish` and the legacy paths. */
export function publisherProxyFailure({ kind, retryAfter }: ForwardFailure): Answer {
  switch (kind) {
    case 'unavailable':
      return answer(502, notConnected, { 'retry-after': retryAfter ?? '1' });
    case 'unreachable':
      return answer(502, notConnected);
    case 'no-broker':
      return answer(504, 'cannot send to stream');
    case 'full':
      return answer(507, 'insufficient resources on target stream');
    case 'too-large':
      return answer(413, 'http: request body too large');
    case 'deadline':
    case 'refused':
      return answer(500, 'internal error on backend');
  }
}

const notConnected = 'no connection to NATS JetStream server';

function answer(status: number, message: string, headers: Record<string, string> = {}): Answer {
  return jsonAnswer(status, { status, message }, headers);
}
