import type { CloudEvent } from '@jetmesh/cloudevents-http';
import type { LegacyEvent } from './legacy-event.ts';

export interface LegacyEventSurroundings {
  readonly application: string;
  readonly id: string;
  /** What the sender added in headers; the event's own attributes win. */
  readonly extensions: ReadonlyMap<string, string>;
}

/**
 * The canonical form in which a legacy event is stored, once, for every generation of subscribers: the version is
 * the extension `eventtypeversion` and the data keeps the bytes of its JSON text.
 */
export function legacyToCloudEvent(
  legacyEvent: LegacyEvent,
  { application, id, extensions }: LegacyEventSurroundings,
): CloudEvent {
  const { type, typeVersion, time, dataContentEncoding } = legacyEvent;
  const attributes = new Map([
    ...extensions,
    ['specversion', '1.0'],
    ['id', id],
    ['source', application],
    ['type', type],
    ['time', time],
    ['datacontenttype', 'application/json'],
    ['eventtypeversion', typeVersion],
  ]);
  if (dataContentEncoding !== undefined) attributes.set('datacontentencoding', dataContentEncoding);
  return { attributes, data: Buffer.from(legacyEvent.data) };
}
