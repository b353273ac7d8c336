import { contentTypeOf } from './headers/content-type-of.ts';
import { isEventFormat } from './media-type/is-event-format.ts';

/** Whether a message claims to be an event, valid or not. */
export function isEventMessage(rawHeaders: readonly string[]): boolean {
  return isEventFormat(contentTypeOf(rawHeaders) ?? '') || hasEventHeader(rawHeaders);
}

function hasEventHeader(rawHeaders: readonly string[]): boolean {
  return rawHeaders.some((text, index) => index % 2 === 0 && /^ce-/i.test(text));
}
