import { describe, expect, it } from '@jest/globals';
import { readLegacyEvent } from './read-legacy-event.ts';

const id = '31109198-4d69-4ae0-972d-76117f3748c8';
const time = '2020-01-01T10:00:00Z';
const v1 = {
  'event-type': 'order.created',
  'event-type-version': 'v1',
  'event-id': id,
  'event-time': time,
  data: { orderCode: '42' },
};
const v2 = {
  id,
  specversion: '0.3',
  type: 'order.created',
  eventtypeversion: 'v1',
  time,
  data: { orderCode: '42' },
};

function answerTo(api: 'v1' | 'v2', body: string | object): unknown {
  const read = readLegacyEvent(api, typeof body === 'string' ? body : JSON.stringify(body));
  return read.kind === 'refused' ? read.error : read.event;
}

function missing(field: string) {
  const message = 'Missing field';
  const details = [{ field, type: 'missing_field', message }];
  return { status: 400, type: 'validation_violation', message, details };
}

function invalid(field: string) {
  const message = 'Invalid field';
  const details = [{ field, type: 'invalid_field', message }];
  return { status: 400, type: 'validation_violation', message, details };
}

const incorrect = 'We need all your entries to be correct to keep you moving.';

function refusedByBus(detail: object) {
  const details = [{ ...detail, message: incorrect }];
  return { status: 400, type: 'validation_violation', message: incorrect, details };
}

function badPayload(moreInfo: unknown) {
  return { status: 400, type: 'bad_payload_syntax', message: 'Bad payload syntax', moreInfo };
}

describe('readLegacyEvent', () => {
  it.each(['v1', 'v2'] as const)('refuses an empty body on %s', (api) => {
    expect(answerTo(api, '')).toEqual(badPayload('Bad payload syntax'));
  });

  it.each([
    ['{', expect.stringContaining('JSON')],
    ['no json', expect.stringContaining('JSON')],
    ['[]', 'the event must be a JSON object'],
    [{ ...v1, 'event-type': 7 }, 'event-type must be a string'],
    [{ ...v1, 'event-time': {} }, 'event-time must be a string'],
  ])('refuses the payload %j', (body, moreInfo) => {
    expect(answerTo('v1', body)).toEqual(badPayload(moreInfo));
  });

  it('takes a valid event of version 1', () => {
    expect(answerTo('v1', v1)).toEqual({
      type: 'order.created',
      typeVersion: 'v1',
      id,
      time,
      data: '{"orderCode":"42"}',
      dataContentEncoding: undefined,
    });
  });

  it.each([
    ['no id', { 'event-id': undefined }],
    ['an id that is null', { 'event-id': null }],
    ['an empty id', { 'event-id': '' }],
  ])('takes an event of version 1 with %s', (_case, change) => {
    expect(answerTo('v1', { ...v1, ...change })).toMatchObject({ id: undefined });
  });

  it.each([0, false, [], {}, ' '])('takes %j as data', (data) => {
    expect(answerTo('v1', { ...v1, data })).toMatchObject({ data: JSON.stringify(data) });
  });

  it('ignores unknown members and what follows the first value', () => {
    const body = `${JSON.stringify({ ...v1, 'source-id': 'other', extra: 1 })} tail`;
    expect(answerTo('v1', body)).toMatchObject({ type: 'order.created' });
  });

  it.each([
    [{ 'event-type': undefined }, missing('event-type')],
    [{ 'event-type': '' }, missing('event-type')],
    [{ 'event-type': null }, missing('event-type')],
    [{ 'event-type-version': undefined }, missing('event-type-version')],
    [{ 'event-type-version': 'v.1' }, invalid('event-type-version')],
    [{ 'event-type-version': '#' }, invalid('event-type-version')],
    [{ 'event-time': undefined }, missing('event-time')],
    [{ 'event-time': '2012-11-01T22' }, invalid('event-time')],
    [{ 'event-id': '31109198' }, invalid('event-id')],
    [{ data: undefined }, missing('data')],
    [{ data: null }, missing('data')],
    [{ data: '' }, missing('data')],
    [
      { 'event-type': 'a'.repeat(254) },
      refusedByBus({
        field: 'event-type',
        type: 'invalid_field_length',
        moreInfo: 'Field length must be at max: 253',
      }),
    ],
    [
      { 'event-type-version': 'v1beta' },
      refusedByBus({
        field: 'event-type-version',
        type: 'invalid_field_length',
        moreInfo: 'Field length must be at max: 4',
      }),
    ],
    [
      { 'event-type': 'order..created' },
      refusedByBus({ field: 'event-type', type: 'invalid_field' }),
    ],
    [
      { 'event-type': 'order_created' },
      refusedByBus({ field: 'event-type', type: 'invalid_field' }),
    ],
  ])('refuses version 1 with %j', (change, error) => {
    expect(answerTo('v1', { ...v1, ...change })).toEqual(error);
  });

  it.each([
    [{ id: undefined }, missing('id')],
    [{ type: undefined }, missing('type')],
    [{ eventtypeversion: undefined }, missing('eventtypeversion')],
    [{ eventtypeversion: 'v.1' }, invalid('eventtypeversion')],
    [{ time: undefined }, missing('time')],
    [{ time: 'yesterday' }, invalid('time')],
    [{ id: '31109198' }, invalid('id')],
    [{ specversion: undefined }, invalid('specversion')],
    [{ specversion: '1.0' }, invalid('specversion')],
    [{ data: undefined }, missing('data')],
    [{ data: '' }, missing('data')],
    [
      { type: 'a'.repeat(254) },
      refusedByBus({
        field: 'event-type',
        type: 'invalid_field_length',
        moreInfo: 'Field length must be at max: 253',
      }),
    ],
    [
      { eventtypeversion: 'v1beta' },
      refusedByBus({
        field: 'event-type-version',
        type: 'invalid_field_length',
        moreInfo: 'Field length must be at max: 4',
      }),
    ],
    [{ type: 'order.' }, refusedByBus({ field: 'type', type: 'invalid_field' })],
  ])('refuses version 2 with %j', (change, error) => {
    expect(answerTo('v2', { ...v2, ...change })).toEqual(error);
  });

  it('reports the first failure of version 1 in the order of the outside face', () => {
    const order = [];
    const sent: Record<string, unknown> = {};
    const repair = [
      ['event-type', 'order..created'],
      ['event-type-version', '-'],
      ['event-type-version', 'v1beta'],
      ['event-time', 'foo'],
      ['event-time', time],
      ['event-id', id],
      ['data', 1],
      ['event-type-version', 'v1'],
    ] as const;
    sent['event-id'] = 'foo';
    for (const [field, value] of repair) {
      const { details } = answerTo('v1', sent) as ReturnType<typeof missing>;
      order.push(details.map((detail) => `${detail.field} ${detail.type}`).join());
      sent[field] = value;
    }
    expect(order).toEqual([
      'event-type missing_field',
      'event-type-version missing_field',
      'event-type-version invalid_field',
      'event-time missing_field',
      'event-time invalid_field',
      'event-id invalid_field',
      'data missing_field',
      'event-type-version invalid_field_length',
    ]);
    expect(answerTo('v1', sent)).toMatchObject({ details: [{ type: 'invalid_field' }] });
  });

  it('reports the first failure of version 2 in the order of the outside face', () => {
    const order = [];
    const sent: Record<string, unknown> = { specversion: '1.0' };
    const repair = [
      ['id', 'foo'],
      ['type', 'order..created'],
      ['eventtypeversion', '-'],
      ['eventtypeversion', 'v1beta'],
      ['time', 'foo'],
      ['time', time],
      ['id', id],
      ['specversion', '0.3'],
      ['data', 1],
      ['eventtypeversion', 'v1'],
    ] as const;
    for (const [field, value] of repair) {
      const { details } = answerTo('v2', sent) as ReturnType<typeof missing>;
      order.push(details.map((detail) => `${detail.field} ${detail.type}`).join());
      sent[field] = value;
    }
    expect(order).toEqual([
      'id missing_field',
      'type missing_field',
      'eventtypeversion missing_field',
      'eventtypeversion invalid_field',
      'time missing_field',
      'time invalid_field',
      'id invalid_field',
      'specversion invalid_field',
      'data missing_field',
      'event-type-version invalid_field_length',
    ]);
    expect(answerTo('v2', sent)).toMatchObject({ details: [{ field: 'type' }] });
  });
});
