import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { legacyEvent } from './adapter-fixture.ts';
import {
  badPayload,
  legacyEventV2,
  startLegacyFixture,
  violation,
  type LegacyFixture,
} from './legacy-support.ts';

const path = '/commerce/v1/events';
const incorrect = 'We need all your entries to be correct to keep you moving.';

let adapter: LegacyFixture;

beforeAll(async () => {
  adapter = await startLegacyFixture();
});
afterAll(() => adapter.stop());
beforeEach(() => {
  adapter.received.length = 0;
  adapter.answerWith(202);
});

describe('POST /<app>/v1/events', () => {
  it.each([
    ['no body', '', badPayload('Bad payload syntax')],
    ['no JSON', '{', badPayload(expect.stringContaining('JSON'))],
    [
      'a field of another type',
      { ...legacyEvent, 'event-type': 1 },
      badPayload('event-type must be a string'),
    ],
    [
      'no type',
      { ...legacyEvent, 'event-type': '' },
      violation('Missing field', 'event-type', 'missing_field'),
    ],
    [
      'no version',
      { ...legacyEvent, 'event-type-version': undefined },
      violation('Missing field', 'event-type-version', 'missing_field'),
    ],
    [
      'a bad version',
      { ...legacyEvent, 'event-type-version': 'v.1' },
      violation('Invalid field', 'event-type-version', 'invalid_field'),
    ],
    [
      'no time',
      { ...legacyEvent, 'event-time': undefined },
      violation('Missing field', 'event-time', 'missing_field'),
    ],
    [
      'a bad time',
      { ...legacyEvent, 'event-time': '2020-01-01' },
      violation('Invalid field', 'event-time', 'invalid_field'),
    ],
    [
      'a bad id',
      { ...legacyEvent, 'event-id': 'x' },
      violation('Invalid field', 'event-id', 'invalid_field'),
    ],
    [
      'no data',
      { ...legacyEvent, data: undefined },
      violation('Missing field', 'data', 'missing_field'),
    ],
    [
      'data that is null',
      { ...legacyEvent, data: null },
      violation('Missing field', 'data', 'missing_field'),
    ],
    [
      'empty data',
      { ...legacyEvent, data: '' },
      violation('Missing field', 'data', 'missing_field'),
    ],
    [
      'a type that the bus refuses',
      { ...legacyEvent, 'event-type': 'order..created' },
      violation(incorrect, 'event-type', 'invalid_field'),
    ],
    [
      'a long type',
      { ...legacyEvent, 'event-type': 'a'.repeat(254) },
      violation(incorrect, 'event-type', 'invalid_field_length', {
        moreInfo: 'Field length must be at max: 253',
      }),
    ],
    [
      'a long version',
      { ...legacyEvent, 'event-type-version': 'v1234' },
      violation(incorrect, 'event-type-version', 'invalid_field_length', {
        moreInfo: 'Field length must be at max: 4',
      }),
    ],
  ])('answers 400 to %s', async (_case, body, error) => {
    const answer = await adapter.send(path, body);
    expect([answer.code, answer.body]).toEqual([400, error]);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(adapter.received).toEqual([]);
  });

  it.each(['v1', 'v2'])('answers 413 to more than 65,536 bytes on %s', async (api) => {
    const tooLarge = {
      status: 413,
      type: 'request_body_too_large',
      message: 'Request body too large',
      moreInfo: 'http: request body too large',
    };
    const answer = await adapter.send(`/commerce/${api}/events`, 'x'.repeat(65_537));
    expect([answer.code, answer.body]).toEqual([413, tooLarge]);
    const chunks = ['x'.repeat(65_536), 'x'];
    const chunked = await adapter.postChunks(`/commerce/${api}/events`, {}, chunks);
    expect([chunked.code, JSON.parse(chunked.body)]).toEqual([413, tooLarge]);
  });

  it('takes exactly 65,536 bytes', async () => {
    const empty = JSON.stringify({ ...legacyEvent, data: '.' });
    const data = '.'.repeat(65_536 - empty.length + 1);
    expect((await adapter.send(path, { ...legacyEvent, data })).code).toBe(200);
  });
});

describe('POST /<app>/v2/events', () => {
  const pathV2 = '/commerce/v2/events';

  it.each([
    ['no body', '', badPayload('Bad payload syntax')],
    ['no id', { ...legacyEventV2, id: '' }, violation('Missing field', 'id', 'missing_field')],
    [
      'no type',
      { ...legacyEventV2, type: '' },
      violation('Missing field', 'type', 'missing_field'),
    ],
    [
      'no version',
      { ...legacyEventV2, eventtypeversion: '' },
      violation('Missing field', 'eventtypeversion', 'missing_field'),
    ],
    [
      'a bad version',
      { ...legacyEventV2, eventtypeversion: '-' },
      violation('Invalid field', 'eventtypeversion', 'invalid_field'),
    ],
    [
      'no time',
      { ...legacyEventV2, time: '' },
      violation('Missing field', 'time', 'missing_field'),
    ],
    [
      'a bad time',
      { ...legacyEventV2, time: 'x' },
      violation('Invalid field', 'time', 'invalid_field'),
    ],
    ['a bad id', { ...legacyEventV2, id: 'x' }, violation('Invalid field', 'id', 'invalid_field')],
    [
      'another specversion',
      { ...legacyEventV2, specversion: '1.0' },
      violation('Invalid field', 'specversion', 'invalid_field'),
    ],
    [
      'no data',
      { ...legacyEventV2, data: null },
      violation('Missing field', 'data', 'missing_field'),
    ],
    [
      'a type that the bus refuses',
      { ...legacyEventV2, type: '-' },
      violation(incorrect, 'type', 'invalid_field'),
    ],
    [
      'a long version',
      { ...legacyEventV2, eventtypeversion: 'v1234' },
      violation(incorrect, 'event-type-version', 'invalid_field_length', {
        moreInfo: 'Field length must be at max: 4',
      }),
    ],
  ])('answers 400 to %s', async (_case, body, error) => {
    const answer = await adapter.send(pathV2, body);
    expect([answer.code, answer.body]).toEqual([400, error]);
    expect(adapter.received).toEqual([]);
  });
});
