import { type CloudEvent, decodeEvents, withAttributes } from '@jetmesh/cloudevents-http';
import { timeToLiveAttribute } from '../internal-attributes.ts';
import type { Answer } from './answer.ts';

export type Admission =
  | { readonly kind: 'admitted'; readonly isBatch: false; readonly event: CloudEvent }
  | { readonly kind: 'admitted'; readonly isBatch: true; readonly events: readonly CloudEvent[] }
  | Refused;

interface Refused {
  readonly kind: 'refused';
  readonly answer: Answer;
}

/**
 * Reads the events of a request and lets them in: whole and valid, or not at all. Each is given the hops that it has
 * left (knative.md §3.3), so that a loop of replies ends.
 */
export function admitEvents(
  rawHeaders: readonly string[],
  body: Buffer,
  timeToLive: number,
): Admission {
  const decoded = decodeEvents(rawHeaders, body);
  if (decoded.kind === 'refused') {
    const where = decoded.index === undefined ? '' : `[${decoded.index}].`;
    return refused(decoded.code, `${where}${decoded.field}: ${decoded.rule}`);
  }
  const events: CloudEvent[] = [];
  for (const decodedEvent of decoded.events) {
    const event = withHopsLeft(decodedEvent, timeToLive);
    if (event === undefined) return refused(400, `${timeToLiveAttribute}: is exhausted`);
    events.push(event);
  }
  const [event] = events;
  return decoded.mode === 'batched' || event === undefined
    ? { kind: 'admitted', isBatch: true, events }
    : { kind: 'admitted', isBatch: false, event };
}

/** Missing or no integer: the event starts anew. Nobody can give an event more hops than a new one has. */
function withHopsLeft(event: CloudEvent, timeToLive: number): CloudEvent | undefined {
  const text = event.attributes.get(timeToLiveAttribute);
  const isCounted = text !== undefined && /^[+-]?\d+$/.test(text);
  const hopsLeft = isCounted ? Math.min(Number(text) - 1, timeToLive) : timeToLive;
  return hopsLeft <= 0
    ? undefined
    : withAttributes(event, { [timeToLiveAttribute]: String(hopsLeft) });
}

function refused(code: number, error: string): Refused {
  return { kind: 'refused', answer: { code, body: { error } } };
}
