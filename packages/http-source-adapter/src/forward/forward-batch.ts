import type { BrokerRoute } from '../routing/broker-route.ts';
import { forwardEvent, type BrokerPoster, type EventToForward } from './forward-event.ts';
import { combinedOutcome, isWorthRepeating, type ForwardOutcome } from './forward-outcome.ts';

const maxAtOnce = 16;

/**
 * Sends events some at a time. It stops once the batch must be sent again anyway, but not for an event that no
 * repetition can cure: the others would never be sent.
 */
export function forwardBatch(
  poster: BrokerPoster,
  brokers: readonly BrokerRoute[],
  events: readonly EventToForward[],
): Promise<ForwardOutcome> {
  const [only] = events;
  return events.length === 1 && only !== undefined
    ? forwardEvent(poster, brokers, only)
    : forwardGroups(poster, brokers, events);
}

async function forwardGroups(
  poster: BrokerPoster,
  brokers: readonly BrokerRoute[],
  events: readonly EventToForward[],
): Promise<ForwardOutcome> {
  let outcome: ForwardOutcome = { kind: 'stored' };
  for (let start = 0; start < events.length; start += maxAtOnce) {
    const group = events.slice(start, start + maxAtOnce);
    const posts = group.map((event) => forwardEvent(poster, brokers, event));
    outcome = combinedOutcome([outcome, ...(await Promise.all(posts))]);
    if (outcome.kind !== 'stored' && isWorthRepeating(outcome)) return outcome;
  }
  return outcome;
}
