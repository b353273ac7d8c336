import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { brokerKind } from '@jetmesh/eventing-api';
import type { Answer } from '../../support/recording-subscriber.ts';
import { legacyEvent, untilPassing } from './adapter-fixture.ts';
import { startLegacyFixture, type LegacyFixture } from './legacy-support.ts';

const path = '/commerce/v1/events';

let adapter: LegacyFixture;

beforeAll(async () => {
  adapter = await startLegacyFixture();
});
afterAll(() => adapter.stop());
beforeEach(() => {
  adapter.received.length = 0;
  adapter.answerWith(202);
});

describe('a legacy event that is not stored', () => {
  const internal = {
    status: 500,
    type: 'internal_server_error',
    message: 'Some unexpected internal error occurred, please contact support.',
  };
  const notConnected = { status: 502, message: 'no connection to NATS JetStream server' };
  it.each<[Answer, number, object, string | undefined]>([
    [507, 507, { status: 507, message: 'insufficient resources on target stream' }, undefined],
    [503, 502, notConnected, '1'],
    [404, 504, { status: 504, message: 'cannot send to stream' }, undefined],
    [413, 413, { status: 413, type: 'request_body_too_large' }, undefined],
    [500, 500, internal, undefined],
    ['hang', 500, internal, undefined],
  ])('on the bus, %s of the Broker is told as %i', async (brokerAnswer, code, body, retryAfter) => {
    adapter.answerWith(brokerAnswer);
    const answer = await adapter.send(path, legacyEvent);
    expect([answer.code, answer.headers['retry-after']]).toEqual([code, retryAfter]);
    expect(answer.body).toMatchObject(body);
  });

  const notReached = { status: 500, type: 'internal_server', message: 'internal_server' };
  it.each([
    [507, 507, { status: 507, message: 'insufficient resources on target stream' }],
    [503, 502, notConnected],
    [404, 500, notReached],
    [500, 500, { ...notReached, moreInfo: 'Broker "shop/default" answered 500' }],
    ['hang', 500, notReached],
  ] as const)('on the mesh, %s of the Broker is told as %i', async (brokerAnswer, code, body) => {
    adapter.answerWith(brokerAnswer);
    const answer = await adapter.send('/onmesh/v1/events', legacyEvent);
    expect(answer.code).toBe(code);
    expect(answer.body).toMatchObject(body);
  });

  it('is answered 502 when nothing listens at the address of the bus', async () => {
    const status = { address: { url: 'http://127.0.0.1:1/' } };
    const key = 'kyma-system/event-bus';
    await adapter.client.mergePatch(brokerKind, key, { status }, { subresource: 'status' });
    await untilPassing(async () => {
      expect((await adapter.send(path, legacyEvent)).body).toEqual(notConnected);
    });
  });
});
