import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endpointPathsOf, httpSourceKind, type HttpSource } from '@jetmesh/eventing-api';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { runJetmesh } from './switch/run-jetmesh.ts';
import { sendLegacyLoad } from './switch/send-legacy-load.ts';
import {
  createSubscription,
  eventTypes,
  shopSubscriptions,
  untilSubscriptionsAreReady,
} from './switch/shop.ts';
import { startShop, type RunningShop } from './switch/start-shop.ts';
import { switchFigures } from './switch/switch-figures.ts';

const application = 'commerce';
const loadPerSecond = 500;
const roundTrips = 5;

describe('jetmesh switch', () => {
  let shop: RunningShop;
  let mesh: RunningShop['mesh'];
  let subscriber: RunningShop['subscriber'];

  const jetmeshSwitch = (...words: string[]) =>
    runJetmesh(['switch', ...words, '--data', mesh.data]);
  const source = async () => {
    const found = await mesh.client.get<HttpSource>(
      httpSourceKind,
      `${application}/${application}`,
    );
    if (found === undefined) throw new Error('The HTTPSource is gone');
    return found;
  };

  beforeAll(async () => {
    shop = await startShop(application);
    ({ mesh, subscriber } = shop);
  }, 120_000);

  afterAll(() => shop.stop(), 60_000);

  it('names the Applications that there are when it knows not the one asked for', async () => {
    const { code, output } = await jetmeshSwitch('comerce', '--to', 'mesh');
    expect(output).toContain('No HTTPSource declares an Application "comerce"; there are commerce');
    expect(code).toBe(1);
  }, 60_000);

  it('goes there and back, and says so when it is there already', async () => {
    const there = await jetmeshSwitch(application, '--to', 'mesh');
    expect(there.output).toContain(
      'To go back: jetmesh switch commerce --to bus --endpoint legacy --endpoint publish',
    );
    expect(there.code).toBe(0);
    const paths = { legacy: 'mesh', events: 'mesh', publish: 'mesh' };
    expect(endpointPathsOf(await source())).toEqual(paths);

    const { generation } = (await source()).metadata;
    const again = await jetmeshSwitch(application, '--to', 'mesh');
    expect(again.output).toContain('commerce is on the mesh already: legacy, publish.');
    expect(again.code).toBe(0);
    expect((await source()).metadata.generation).toBe(generation);

    const back = await jetmeshSwitch(application, '--to', 'bus');
    expect(back.code).toBe(0);
    expect(endpointPathsOf(await source())).toEqual({ ...paths, legacy: 'bus', publish: 'bus' });
  }, 120_000);

  it('plans for a Namespace and for all, and asks for one of the things that it does', async () => {
    for (const selection of [['--namespace', application], ['--all']]) {
      const { code, output } = await jetmeshSwitch(...selection, '--to', 'mesh', '--plan');
      expect(output).toContain('commerce (HTTPSource commerce/commerce): legacy, publish from bus');
      expect(code).toBe(0);
    }
    const { code, output } = await jetmeshSwitch(application);
    expect(output).toContain('Expected one of: --to, --shadow, --compare');
    expect(code).toBe(1);
  }, 60_000);

  it('compares bus and mesh by shadow events, which nobody gets', async () => {
    const before = await jetmeshSwitch(application, '--compare');
    expect(before.output).toContain('The shadow of commerce is off');
    expect(before.code).toBe(1);
    expect((await jetmeshSwitch(application, '--shadow', 'mesh')).code).toBe(0);

    const alreadyReceived = subscriber.received.length;
    const stop = new AbortController();
    const sending = sendLegacyLoad({
      url: `${mesh.endpoints.adapter}/${application}/v1/events`,
      types: eventTypes,
      ratePerSecond: 100,
      firstId: 500_000_000,
      signal: stop.signal,
    });
    await delay(1_000);
    stop.abort();
    const { accepted } = await sending;
    const { output, code } = await jetmeshSwitch(application, '--compare');
    expect(output).toContain('No difference: on the mesh the same subscribers would get them.');
    for (const { name, types } of shopSubscriptions) {
      expect(output).toMatch(new RegExp(`same +${types[0]} .*Subscription commerce/${name}\\b`));
    }
    expect(code).toBe(0);
    const received = () => subscriber.received.slice(alreadyReceived);
    await eventually(() => switchFigures(accepted, received()).lostCount === 0);
    expect(switchFigures(accepted, received())).toMatchObject({ lostCount: 0, duplicateCount: 0 });

    expect((await jetmeshSwitch(application, '--shadow', 'off')).code).toBe(0);
  }, 120_000);

  it('loses and duplicates nothing under load, there and back five times', async () => {
    const alreadyReceived = subscriber.received.length;
    const stop = new AbortController();
    const url = `${mesh.endpoints.adapter}/${application}/v1/events`;
    const sending = sendLegacyLoad({
      url,
      types: eventTypes,
      ratePerSecond: loadPerSecond,
      signal: stop.signal,
    });
    try {
      for (let trip = 0; trip < roundTrips; trip += 1) {
        for (const path of ['mesh', 'bus']) {
          const { code, output } = await jetmeshSwitch(application, '--to', path);
          expect({ code, output }).toMatchObject({ code: 0 });
        }
      }
    } finally {
      stop.abort();
    }
    const { accepted, refused } = await sending;
    const figures = () => switchFigures(accepted, subscriber.received.slice(alreadyReceived));
    await eventually(() => figures().lostCount === 0, { timeoutMs: 30_000 }).catch(() => undefined);

    const { lostCount, duplicateCount, longestPauseMs } = figures();
    process.stdout.write(
      `${accepted.length} events at ${loadPerSecond}/s of ${eventTypes.length} types for 2 of ${shopSubscriptions.length} Subscriptions each, ${roundTrips} times there and back: ` +
        `lost ${lostCount}, duplicated ${duplicateCount}, longest pause ${longestPauseMs} ms\n`,
    );
    expect(refused).toEqual([]);
    expect({ lostCount, duplicateCount }).toEqual({ lostCount: 0, duplicateCount: 0 });
    expect(longestPauseMs).toBeLessThanOrEqual(1000);
  }, 300_000);

  it('names a Subscription in a Namespace that is not bound, and changes nothing', async () => {
    await createSubscription(mesh.client, {
      name: 'unbound',
      namespace: 'elsewhere',
      spec: {
        sink: 'http://subscriber.elsewhere.svc.cluster.local/unbound',
        source: application,
        types: ['order.created0.v1'],
      },
    });
    await untilSubscriptionsAreReady(mesh.client, shopSubscriptions.length + 1);
    const { generation } = (await source()).metadata;
    for (const flags of [['--plan'], []]) {
      const { code, output } = await jetmeshSwitch(application, '--to', 'mesh', ...flags);
      expect(output).toContain(
        'blocked  Subscription elsewhere/unbound: Namespace "elsewhere" is not bound by an EventActivation of "commerce"',
      );
      expect(code).toBe(1);
    }
    expect((await source()).metadata.generation).toBe(generation);
  }, 120_000);
});
