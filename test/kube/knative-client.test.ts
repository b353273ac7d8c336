import { brokerKind, serviceKind, triggerKind, type Condition } from '@jetmesh/eventing-api';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { describeOnKubeApis, type KubeFixture } from './support/describe-on-kube-apis.ts';
import { KnativeClient } from './support/knative-client.ts';
import { resourcePath } from './support/resource-path.ts';

const address = { name: 'http', url: 'http://broker-ingress.jetmesh-system.svc/ns/default' };
const ready: Condition[] = [
  { type: 'Addressable', status: 'True' },
  { type: 'IngressReady', status: 'True' },
  { type: 'Ready', status: 'True' },
];
const notReady: Condition[] = [
  { type: 'BrokerReady', status: 'True' },
  { type: 'Ready', status: 'False', reason: 'NoDispatcher', message: 'No dispatcher pulls.' },
  { type: 'SubscriberResolved', status: 'Unknown' },
];

function knativeClient(kube: KubeFixture): void {
  let kn: KnativeClient;
  beforeEach(() => {
    kn = new KnativeClient(kube.api, kube.namespace);
  });

  /** What our controllers do. */
  async function reportStatus(kind: typeof brokerKind, name: string, status: object) {
    const path = `${resourcePath(kind, kube.namespace, name)}/status`;
    const contentType = 'application/merge-patch+json';
    const response = await kube.api.send('PATCH', path, { contentType, body: { status } });
    expect(response.status).toBe(200);
  }

  describe('kn broker', () => {
    it('create gives back the whole object', async () => {
      expect(await kn.createBroker('default')).toMatchObject({
        apiVersion: 'eventing.knative.dev/v1',
        kind: 'Broker',
        metadata: {
          name: 'default',
          namespace: kube.namespace,
          generation: 1,
          uid: expect.any(String),
          resourceVersion: expect.any(String),
          creationTimestamp: expect.any(String),
          annotations: { 'eventing.knative.dev/broker.class': 'Jetmesh' },
        },
        spec: {},
      });
    });

    it('list shows URL, conditions, READY and REASON', async () => {
      await kn.createBroker('a');
      await kn.createBroker('b');
      await reportStatus(brokerKind, 'a', { address, conditions: ready, observedGeneration: 1 });
      const list = await kn.brokers();
      expect({ kind: list.kind, apiVersion: list.apiVersion }).toEqual({
        kind: 'BrokerList',
        apiVersion: 'eventing.knative.dev/v1',
      });
      expect(list.metadata.resourceVersion).toMatch(/^\d+$/);
      expect(
        list.items.map(({ metadata, status }) => [
          metadata.name,
          status?.address?.url,
          ...columnsOf(status?.conditions),
        ]),
      ).toEqual([
        ['a', address.url, '3 OK / 3', 'True', ''],
        ['b', undefined, '0 OK / 0', '<unknown>', ''],
      ]);
    });

    it('describe shows the address and the conditions', async () => {
      await kn.createBroker('default');
      await reportStatus(brokerKind, 'default', { address, conditions: ready });
      const { status } = await kn.broker('default');
      expect(status).toEqual({ address, conditions: ready });
    });

    it('delete --wait sees the Broker go by a watch', async () => {
      await kn.createBroker('default');
      await kn.createBroker('other');
      const types = await kn.deleteBrokerAndWait('default');
      expect([types[0], types.at(-1)]).toEqual(['ADDED', 'DELETED']);
      await expect(kn.broker('default')).rejects.toThrow('NotFound');
      expect((await kn.broker('other')).metadata.name).toBe('other');
    });
  });

  describe('kn trigger', () => {
    const sink = { uri: 'http://subscriber.example.com' };

    it('create gives back the whole object', async () => {
      expect(await kn.createTrigger('orders', sink)).toMatchObject({
        kind: 'Trigger',
        metadata: { name: 'orders', namespace: kube.namespace, generation: 1 },
        spec: { broker: 'default', filter: { attributes: { type: 'order' } }, subscriber: sink },
      });
    });

    it('create --sink svc:NAME looks the Service up and refers to it', async () => {
      await expect(kn.serviceSink('subscriber')).rejects.toThrow('NotFound');
      await kube.api.send('POST', resourcePath(serviceKind, kube.namespace), {
        body: {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: 'subscriber' },
          spec: { ports: [{ port: 80, targetPort: 8080 }] },
        },
      });
      const trigger = await kn.createTrigger('orders', await kn.serviceSink('subscriber'));
      expect(trigger.spec.subscriber.ref).toEqual({
        apiVersion: 'v1',
        kind: 'Service',
        name: 'subscriber',
        namespace: kube.namespace,
      });
    });

    it('list shows conditions, READY and REASON', async () => {
      await kn.createTrigger('orders', sink);
      await reportStatus(triggerKind, 'orders', { conditions: notReady });
      const { kind, items } = await kn.triggers();
      expect(kind).toBe('TriggerList');
      expect(items.map(({ status }) => columnsOf(status?.conditions))).toEqual([
        ['1 OK / 3', 'False', 'NoDispatcher : No dispatcher pulls.'],
      ]);
    });

    it('describe shows filter, sink and conditions', async () => {
      await kn.createTrigger('orders', sink);
      await reportStatus(triggerKind, 'orders', { conditions: notReady });
      expect(await kn.trigger('orders')).toMatchObject({
        spec: { filter: { attributes: { type: 'order' } }, subscriber: sink },
        status: { conditions: notReady },
      });
    });

    it('update begins again after a conflict', async () => {
      await kn.createTrigger('orders', sink);
      let interruptions = 0;
      const path = resourcePath(triggerKind, kube.namespace, 'orders');
      const interrupt = async () => {
        interruptions += 1;
        const contentType = 'application/merge-patch+json';
        const body = { metadata: { labels: { turn: String(interruptions) } } };
        await kube.api.send('PATCH', path, { contentType, body });
      };
      const updated = await kn.updateTrigger('orders', async (trigger) => {
        if (interruptions === 0) await interrupt();
        return { ...trigger, spec: { ...trigger.spec, subscriber: { uri: 'http://new' } } };
      });
      expect(updated).toMatchObject({
        metadata: { generation: 2, labels: { turn: '1' } },
        spec: { subscriber: { uri: 'http://new' } },
      });
    });

    it('update keeps the status that it read', async () => {
      await kn.createTrigger('orders', sink);
      await reportStatus(triggerKind, 'orders', { conditions: ready });
      await kn.updateTrigger('orders', (trigger) => ({ ...trigger, status: {} }));
      expect((await kn.trigger('orders')).status).toEqual({ conditions: ready });
    });

    it('delete removes it at once', async () => {
      await kn.createTrigger('orders', sink);
      expect(await kn.deleteTrigger('orders')).toMatchObject({ status: 'Success' });
      await expect(kn.trigger('orders')).rejects.toThrow('NotFound');
    });
  });
}

/** CONDITIONS, READY and REASON as the Knative client computes them. */
function columnsOf(conditions: readonly Condition[] = []): [string, string, string] {
  const okCount = conditions.filter(({ status }) => status === 'True').length;
  const {
    status = '<unknown>',
    reason = '',
    message = '',
  } = conditions.find(({ type }) => type === 'Ready') ?? ({} as Partial<Condition>);
  const why = message === '' ? reason : `${reason} : ${message}`;
  return [`${okCount} OK / ${conditions.length}`, status, status === 'True' ? '' : why];
}

describeOnKubeApis('the Knative client', knativeClient);
