import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeStoredEvent } from './binary/decode-stored-event.ts';
import { encodeBinary } from './binary/encode-binary.ts';
import type { CloudEvent } from './cloud-event.ts';
import { decodeEvents } from './decode-events.ts';
import type { HttpMessage } from './http-message.ts';
import { encodeBatch } from './structured/encode-batch.ts';
import { encodeStructured } from './structured/encode-structured.ts';
import { validateEvent } from './validation/validate-event.ts';

const text = fc
  .string({ unit: 'grapheme', maxLength: 20 })
  .filter((some) => !/[\p{Cc}\p{Noncharacter_Code_Point}]/u.test(some));
const filled = text.filter((some) => /\S/.test(some));
const name = fc
  .stringMatching(/^[a-z0-9]{1,20}$/)
  .filter((some) => !some.startsWith('data') && !/^(schemaurl|time|subject)$/.test(some));
const source = fc.oneof(
  fc.webUrl(),
  fc.webPath().map((path) => `/${path.slice(1)}`),
);
const time = fc
  .date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());

const optional = fc.record({ subject: filled, time }, { requiredKeys: [] });
const extensions = fc.dictionary(name, text, { maxKeys: 4 });
const context = fc
  .tuple(fc.constantFrom('1.0', '0.3'), filled, filled, source, optional, extensions)
  .map(([specversion, id, type, sourceText, others, more]) => ({
    ...more,
    ...others,
    specversion,
    id,
    type,
    source: sourceText,
  }));

const json = fc
  .json()
  .map((some) => ({ contentType: 'application/json', data: Buffer.from(some) }));
const plain = text.map((some) => ({ contentType: 'text/plain', data: Buffer.from(some) }));
const bytes = fc
  .uint8Array({ maxLength: 64 })
  .map((some) => ({ contentType: 'application/octet-stream', data: Buffer.from(some) }));
const untyped = fc
  .uint8Array({ minLength: 1, maxLength: 64 })
  .map((some) => ({ contentType: undefined, data: Buffer.from(some) }));
const absent = fc
  .constantFrom(undefined, 'application/json')
  .map((contentType) => ({ contentType, data: undefined }));
const content = fc.oneof(json, plain, bytes, untyped, absent);

const events: fc.Arbitrary<CloudEvent> = fc
  .tuple(context, content)
  .map(([attributes, { contentType, data }]) => ({
    attributes: new Map(
      Object.entries(
        contentType === undefined ? attributes : { ...attributes, datacontenttype: contentType },
      ),
    ),
    data,
  }));

function decode({ headers, body }: HttpMessage): CloudEvent[] {
  const result = decodeEvents(headers, body);
  if (result.kind === 'refused') throw new Error(`${result.field}: ${result.rule}`);
  return result.events;
}

describe('every valid event', () => {
  it('comes back from binary mode, read as a message or from the store', () => {
    fc.assert(
      fc.property(events, (event) => {
        expect(validateEvent(event)).toBeUndefined();
        const message = encodeBinary(event);
        expect(decode(message)).toEqual([event]);
        expect(decodeStoredEvent(message.headers, message.body)).toEqual(event);
        expect(encodeBinary(decodeStoredEvent(message.headers, message.body))).toEqual(message);
      }),
      { numRuns: 300 },
    );
  });

  it('comes back from structured mode, its JSON with the same bytes', () => {
    fc.assert(
      fc.property(events, (event) => {
        expect(decode(encodeStructured(event))).toEqual([event]);
      }),
      { numRuns: 300 },
    );
  });

  it('comes back from batched mode', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 4 }), (some) => {
        expect(decode(encodeBatch(some))).toEqual(some);
      }),
      { numRuns: 200 },
    );
  });
});

describe('every message', () => {
  it('is decoded or refused, whatever its bytes are', () => {
    const headerName = fc.constantFrom('ce-id', 'ce-specversion', 'content-type', 'ce-x', 'ce-a b');
    const contentType = fc.constantFrom(
      'application/cloudevents+json',
      'text/plain',
      '1.0',
      '\xff',
    );
    const headers = fc.array(fc.tuple(headerName, contentType), { maxLength: 6 });
    const body = fc.oneof(
      fc.uint8Array(),
      fc.json().map((some) => Buffer.from(some)),
    );
    fc.assert(
      fc.property(headers, body, (pairs, some) => {
        const result = decodeEvents(pairs.flat(), Buffer.from(some));
        expect(['decoded', 'refused']).toContain(result.kind);
      }),
      { numRuns: 1000 },
    );
  });
});
