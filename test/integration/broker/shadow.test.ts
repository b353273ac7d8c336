import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { shadowReportSubject, streamName, UnstoredMessages } from '@jetmesh/jetstream';
import { eventually } from '../../support/eventually.ts';
import { binaryHeaders, postRaw } from '../../support/post-event.ts';
import { BrokerMesh, type Route } from './broker-mesh.ts';

const token = 'only adapter and ingress have it';

describe('a shadow event', () => {
  let mesh: BrokerMesh;
  let route: Route;

  beforeAll(async () => {
    mesh = await BrokerMesh.start();
    await mesh.startIngress({ SHADOW_TOKEN: token });
    await mesh.startDispatcher();
    route = await mesh.route({ filter: { attributes: { type: 'order.created' } } });
    await mesh.trigger(route.broker, {
      subscriberUri: route.subscriber.url,
      filter: { attributes: { type: 'order.paid' } },
    });
  }, 60_000);
  afterAll(() => mesh.stop());

  const headers = { 'ce-type': 'order.created', 'ce-source': 'commerce' };
  const post = (url: string, more: Record<string, string> = { 'jetmesh-shadow-token': token }) =>
    postRaw(`${url}/shadow`, { ...binaryHeaders(headers), ...more }, '');
  const counted = async () => {
    const messages = new UnstoredMessages(mesh.connection);
    const answers = await messages.ask(shadowReportSubject, 'commerce', 200);
    return answers.map((text) => JSON.parse(text) as unknown);
  };
  const lastSequence = async () => {
    const stream = streamName(route.broker.metadata.uid ?? '');
    return (await mesh.controller.admin.streamState(stream))?.lastSequence;
  };

  it('is judged by every Trigger of the Broker, and neither stored nor delivered', async () => {
    const before = await lastSequence();
    expect((await post(route.url)).code).toBe(204);
    const { namespace = '', name } = route.trigger.metadata;
    await eventually(async () => {
      expect(await counted()).toEqual([
        {
          uncountedCount: 0,
          counts: [
            {
              broker: `shop/${route.broker.metadata.name}`,
              source: 'commerce',
              type: 'order.created',
              version: '',
              count: 1,
              triggers: { [`${namespace}/${name}`]: 1 },
            },
          ],
        },
      ]);
      return true;
    });
    expect(await lastSequence()).toBe(before);
    expect(route.subscriber.received).toEqual([]);
  });

  it.each([
    ['no token', {}],
    ['another token', { 'jetmesh-shadow-token': 'guess' }],
  ])('is refused with %s, and counts nothing', async (_case, given) => {
    const before = await counted();
    expect((await post(route.url, given)).code).toBe(403);
    expect(await counted()).toEqual(before);
  });

  it('is refused when it is no event, and for a Broker that there is not', async () => {
    const authorised = { 'jetmesh-shadow-token': token };
    expect((await postRaw(`${route.url}/shadow`, authorised, '')).code).toBe(400);
    expect((await post(new URL('/shop/nothing', route.url).href)).code).toBe(404);
    expect((await postRaw(`${route.url}/shadow`, authorised, '', 'GET')).code).toBe(405);
  });

  it('does not exist at an ingress that has no token', async () => {
    const { port } = await mesh.startIngress();
    const { pathname } = new URL(route.url);
    expect((await post(`http://127.0.0.1:${port}${pathname}`)).code).toBe(400);
  });
});
