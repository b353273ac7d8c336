import type { CloudEvent } from '../cloud-event.ts';
import { isRefusal, refuse, type Refusal } from '../refusal.ts';
import { parseJsonDocument } from './json-document.ts';
import { jsonElementStarts } from './json-scanner.ts';
import { readJsonEvent } from './read-json-event.ts';

/** Reads a batch in the JSON format: all of its events, or the first refusal. An empty batch is one. */
export function decodeBatch(body: Buffer, maxCount: number): CloudEvent[] | Refusal {
  const document = parseJsonDocument(body);
  if (isRefusal(document)) return document;
  const values: unknown = document.value;
  if (!Array.isArray(values)) return refuse('body', 'must be a JSON array of events');
  if (values.length > maxCount) return refuse('body', `must not have more than ${maxCount} events`);
  const starts = jsonElementStarts(body, 0);
  const events: CloudEvent[] = [];
  for (const [index, start] of starts.entries()) {
    const event = readJsonEvent({ value: values[index], bytes: body, start });
    if (isRefusal(event)) return { ...event, index };
    events.push(event);
  }
  return events;
}
