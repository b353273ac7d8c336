import { decodeStoredEvent } from '@jetmesh/cloudevents-http';
import { compileFilters } from '@jetmesh/event-filter';
import { isReady, jetmeshAnnotations, type Trigger } from '@jetmesh/eventing-api';
import type { StoredMessage } from '@jetmesh/jetstream';
import { headerValue } from './header-value.ts';

/** Why a parked event must not be replayed now; undefined when its Trigger will get it. */
export function replayRefusal(
  parked: StoredMessage,
  trigger: Trigger | undefined,
  stream: string,
): string | undefined {
  const name = headerValue(parked.headers, 'jetmesh-trigger') ?? '';
  if (trigger?.metadata.uid !== headerValue(parked.headers, 'jetmesh-trigger-uid')) {
    return `Trigger "${name}", for which it failed, is gone`;
  }
  if (trigger === undefined) return 'it does not say for which Trigger it failed';
  // Only then its consumer reads what its filter matches.
  if (!isReady(trigger) || streamReadBy(trigger) !== stream) {
    return `Trigger "${name}" is not Ready on this Broker`;
  }
  const compiled = compileFilters(trigger.spec);
  const { attributes } = decodeStoredEvent(parked.headers, parked.data);
  const isWanted = compiled.kind === 'compiled' && compiled.filter.matches(attributes);
  return isWanted ? undefined : `the filter of Trigger "${name}" does not match it any more`;
}

/** Of a Trigger that shares a consumer with others, the stream that they share. */
function streamReadBy({ status }: Trigger): string | undefined {
  const { sharedStream, stream } = jetmeshAnnotations;
  return status?.annotations?.[sharedStream] ?? status?.annotations?.[stream];
}
