import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import {
  cloudEventHeaders,
  legacyEvent,
  startCommerceFixture,
  untilPassing,
  type AdapterFixture,
} from './adapter-fixture.ts';

const token = 'only ingress and adapter have it';
const legacy = JSON.stringify(legacyEvent);

let adapter: AdapterFixture;

beforeAll(async () => {
  adapter = await startCommerceFixture({ SHADOW_TOKEN: token });
  await adapter.addApplication('shadowed', { endpoints: { shadow: 'mesh' } });
  await adapter.bind('shadowed', 'shop');
  await untilPassing(async () => {
    expect((await adapter.post('/shadowed/events', cloudEventHeaders, '{}')).code).toBe(200);
    expect(adapter.received.at(-1)?.path).toBe('/shop/default');
  });
  adapter.received.length = 0;
}, 30_000);
afterEach(() => {
  adapter.received.length = 0;
  adapter.answerWith(202);
});
afterAll(() => adapter.stop());

const shadows = () => adapter.received.filter(({ path }) => path.endsWith('/shadow'));

describe('the shadow of an Application', () => {
  it.each([
    ['a legacy event', '/shadowed/v1/events', {}, legacy],
    [
      'an event of /publish',
      '/publish',
      { ...cloudEventHeaders, 'ce-source': 'shadowed' },
      '{"a":1}',
    ],
  ])(
    'is sent after %s that the bus has stored, to both paths, without its data',
    async (...row) => {
      const [, path, headers, body] = row;
      expect((await adapter.post(path, headers, body)).code).toBeLessThan(300);
      await untilPassing(() => expect(shadows()).toHaveLength(2));
      expect(adapter.received[0]?.path).toBe('/kyma-system/event-bus');
      expect(
        shadows()
          .map((one) => one.path)
          .sort(),
      ).toEqual(['/kyma-system/event-bus/shadow', '/shop/default/shadow']);
      for (const shadow of shadows()) {
        expect(shadow.headers).toMatchObject({
          'jetmesh-shadow-token': token,
          'ce-source': 'shadowed',
          'ce-kymasubject': expect.stringMatching(/^kyma\.shadowed\./),
        });
        expect(shadow.body).toHaveLength(0);
      }
    },
  );

  it('is not sent for what enters the mesh, nor for what was not stored, nor for others', async () => {
    await adapter.post('/shadowed/events', cloudEventHeaders, '{}');
    await adapter.post('/commerce/v1/events', {}, legacy);
    adapter.answerWith(503);
    await adapter.post('/shadowed/v1/events', {}, legacy);
    await delay(200);
    expect(shadows()).toEqual([]);
  });

  it('never shows in the answer: the sender is told what the bus said', async () => {
    adapter.answerWith(({ path }) => (path.endsWith('/shadow') ? 'hang' : 202));
    const answer = await adapter.post('/shadowed/v1/events', {}, legacy);
    expect(answer.code).toBe(200);
  });
});
