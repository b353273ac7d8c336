import type { CloudEvent } from '../cloud-event.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { parseJsonDocument } from './json-document.ts';
import { readJsonEvent } from './read-json-event.ts';

/** Reads an event in structured mode, in the JSON format. */
export function decodeStructured(body: Buffer): CloudEvent | Refusal {
  const document = parseJsonDocument(body);
  if (isRefusal(document)) return document;
  return readJsonEvent({ value: document.value, bytes: body, start: 0 });
}
