import { type CloudEvent, decodeEvents, withAttributes } from '@jetmesh/cloudevents-http';
import { timeToLiveAttribute } from '../internal-attributes.ts';
import type { Answer } from './answer.ts';

export type Admission =
  | { readonly kind: 'admitted'; readonly isBatch: boolean; readonly events: CloudEvent[] }
  | { readonly kind: 'refused'; readonly answer: Answer };

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
  for (const event of decoded.events) {
    const hopsLeft = hopsLeftOf(event, timeToLive);
    if (hopsLeft <= 0) return refused(400, `${timeToLiveAttribute}: is exhausted`);
    events.push(withAttributes(event, { [timeToLiveAttribute]: String(hopsLeft) }));
  }
  return { kind: 'admitted', isBatch: decoded.mode === 'batched', events };
}

/** Missing or no integer: the event starts anew. Nobody can give an event more hops than a new one has. */
function hopsLeftOf(event: CloudEvent, timeToLive: number): number {
  const text = event.attributes.get(timeToLiveAttribute);
  if (text === undefined || !/^[+-]?\d+$/.test(text)) return timeToLive;
  return Math.min(Number(text) - 1, timeToLive);
}

function refused(code: number, error: string): Admission {
  return { kind: 'refused', answer: { code, body: { error } } };
}
