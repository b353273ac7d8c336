import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  configMapKind,
  subscriptionKind,
  subscriptionUidOf,
  triggerKind,
  type ConfigMap,
  type Subscription,
  type Trigger,
} from '@jetmesh/eventing-api';
import { eventually } from '../support/eventually.ts';
import { runJetmesh } from './switch/run-jetmesh.ts';
import { sendLegacyLoad } from './switch/send-legacy-load.ts';
import { eventTypes, shopSubscriptions, untilSubscriptionsAreReady } from './switch/shop.ts';
import { startShop, type RunningShop } from './switch/start-shop.ts';
import { switchFigures } from './switch/switch-figures.ts';

const application = 'commerce';
const loadPerSecond = 50;

describe('jetmesh migrate', () => {
  let shop: RunningShop;
  let mesh: RunningShop['mesh'];
  let subscriber: RunningShop['subscriber'];
  let firstId = 0;

  beforeAll(async () => {
    shop = await startShop(application);
    ({ mesh, subscriber } = shop);
  }, 120_000);

  afterAll(() => shop.stop(), 60_000);

  const migrate = (action: string, namespace = application, options = {}) =>
    runJetmesh(['migrate', action, '--namespace', namespace, '--data', mesh.data], options);
  const subscriptions = async () => (await mesh.client.list<Subscription>(subscriptionKind)).items;
  const triggersIn = async (namespace: string) =>
    (await mesh.client.list<Trigger>(triggerKind, { namespace })).items;
  const backup = () =>
    mesh.client.get<ConfigMap>(configMapKind, `${application}/jetmesh-migration`);

  /** Sends while `work` is done; then every accepted event must have come once to each subscriber. */
  async function underLoad(work: () => Promise<void>): Promise<void> {
    const stop = new AbortController();
    const sending = sendLegacyLoad({
      url: `${mesh.endpoints.adapter}/${application}/v1/events`,
      types: eventTypes,
      ratePerSecond: loadPerSecond,
      firstId,
      signal: stop.signal,
    });
    const before = subscriber.received.length;
    await work().finally(() => stop.abort());
    const { accepted, refused } = await sending;
    firstId += accepted.length + refused.length;
    const figures = () => switchFigures(accepted, subscriber.received.slice(before));
    await eventually(() => figures().lostCount === 0, { timeoutMs: 20_000 }).catch(() => undefined);
    expect(refused).toEqual([]);
    expect(accepted.length).toBeGreaterThan(0);
    expect(figures()).toMatchObject({ lostCount: 0, duplicateCount: 0 });
  }

  it('refuses while the Application enters the bus, and leaves system Namespaces alone', async () => {
    for (const action of ['plan', 'apply']) {
      const { code, output } = await migrate(action);
      expect(output).toContain(
        'legacy, publish of Application "commerce" enter the bus: jetmesh switch commerce --to mesh',
      );
      expect(code).toBe(1);
    }
    expect(await subscriptions()).toHaveLength(shopSubscriptions.length);
    const system = await migrate('apply', 'kyma-system');
    expect(system.output).toContain('is a system Namespace');
    expect(system.code).toBe(1);
  }, 60_000);

  it('turns Subscriptions into Triggers for good, by two runs of which one is killed, and no event is lost or comes twice', async () => {
    await underLoad(async () => {
      const switched = await runJetmesh([
        'switch',
        application,
        '--to',
        'mesh',
        '--data',
        mesh.data,
      ]);
      expect(switched.code).toBe(0);
      const killed = await migrate('apply', application, { killAfter: 'migrated Subscription' });
      expect(killed.code).toBeNull();
      expect(await subscriptions()).not.toEqual([]);
      const { code, output } = await migrate('apply');
      expect({ code, output }).toMatchObject({ code: 0 });
      expect(output).toContain(
        `Namespace commerce is migrated; ConfigMap jetmesh-migration there keeps ${shopSubscriptions.length} Subscriptions.`,
      );
    });
    expect(await subscriptions()).toEqual([]);
    expect(await triggersIn('kyma-system')).toEqual([]);
    const triggers = await triggersIn(application);
    expect(triggers).toHaveLength(shopSubscriptions.length);
    for (const trigger of triggers) {
      expect(subscriptionUidOf(trigger)).toBeUndefined();
      expect(trigger.metadata.ownerReferences ?? []).toEqual([]);
    }
    expect(Object.keys((await backup())?.data ?? {})).toHaveLength(shopSubscriptions.length);
  }, 180_000);

  it('changes nothing when it is given again', async () => {
    const before = await triggersIn(application);
    const { code, output } = await migrate('apply');
    expect({ code, output }).toMatchObject({ code: 0 });
    const versions = (triggers: Trigger[]) =>
      triggers.map(({ metadata }) => [metadata.uid, metadata.generation]);
    expect(versions(await triggersIn(application))).toEqual(versions(before));
  }, 60_000);

  it('makes the Subscriptions again with the same Triggers, and no event is lost or comes twice', async () => {
    const before = await triggersIn(application);
    await underLoad(async () => {
      const killed = await migrate('rollback', application, { killAfter: 'restored Subscription' });
      expect(killed.code).toBeNull();
      const { code, output } = await migrate('rollback');
      expect({ code, output }).toMatchObject({ code: 0 });
    });
    await untilSubscriptionsAreReady(mesh.client, shopSubscriptions.length);
    const after = await triggersIn(application);
    expect(after.map(({ metadata }) => metadata.uid).sort()).toEqual(
      before.map(({ metadata }) => metadata.uid).sort(),
    );
    const uids = (await subscriptions()).map(({ metadata }) => metadata.uid);
    for (const trigger of after) {
      expect(uids).toContain(subscriptionUidOf(trigger));
      expect(trigger.metadata.ownerReferences).toMatchObject([{ kind: 'Subscription' }]);
    }
    expect((await backup())?.data ?? {}).toEqual({});
    expect(await triggersIn('kyma-system')).toHaveLength(shopSubscriptions.length);
  }, 180_000);
});
