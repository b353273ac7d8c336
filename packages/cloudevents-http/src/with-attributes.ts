import type { CloudEvent } from './cloud-event.ts';

/** The event with other attributes; undefined removes one. */
export function withAttributes(
  event: CloudEvent,
  changes: Readonly<Record<string, string | undefined>>,
): CloudEvent {
  const attributes = new Map(event.attributes);
  for (const name of Object.keys(changes)) {
    const value = changes[name];
    if (value === undefined) attributes.delete(name);
    else attributes.set(name, value);
  }
  return { attributes, data: event.data };
}
