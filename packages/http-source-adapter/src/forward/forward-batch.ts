import type { BrokerRoute } from '../routing/broker-route.ts';
import { forwardEvent, type BrokerPoster, type EventToForward } from './forward-event.ts';
import { combinedOutcome, type ForwardOutcome } from './forward-outcome.ts';

const maxAtOnce = 16;

/** Sends events some at a time and stops after the first group in which one was not stored. */
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
  for (let start = 0; start < events.length; start += maxAtOnce) {
    const group = events.slice(start, start + maxAtOnce);
    const posts = group.map((event) => forwardEvent(poster, brokers, event));
    const outcome = combinedOutcome(await Promise.all(posts));
    if (outcome.kind !== 'stored') return outcome;
  }
  return { kind: 'stored' };
}
