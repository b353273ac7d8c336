import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  brokerClassAnnotation,
  brokerKind,
  eventKind,
  namespaceKind,
  type Broker,
  type KubernetesObject,
} from '@jetmesh/eventing-api';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { untilHolds } from '../../support/until-holds.ts';
import { ControllerMesh } from './controller-mesh.ts';

let mesh: ControllerMesh;

// Two that both think they lead, as around a change of leadership.
beforeAll(async () => {
  mesh = await ControllerMesh.start();
  await mesh.startController();
  await mesh.startController();
}, 30_000);
afterAll(() => mesh.stop());

const label = 'eventing.knative.dev/injection';

async function brokersIn(namespace: string): Promise<Broker[]> {
  return (await mesh.client.list<Broker>(brokerKind, { namespace })).items;
}

async function untilBroker(namespace: string): Promise<Broker> {
  await eventually(async () => (await brokersIn(namespace)).length > 0);
  return (await brokersIn(namespace))[0]!;
}

async function untilEvent(namespace: string): Promise<void> {
  await untilHolds(async () => {
    const { items } = await mesh.client.list<KubernetesObject>(eventKind, { namespace: 'default' });
    expect(items).toContainEqual(
      expect.objectContaining({
        reason: 'BrokerCreated',
        message: 'Default eventing.knative.dev Broker created.',
        involvedObject: expect.objectContaining({ kind: 'Namespace', name: namespace }),
      }),
    );
  });
}

describe('a labelled Namespace, with two controllers at work', () => {
  it('gets one Broker, again when that is deleted, and a Kubernetes event', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `racing-${index}`);
    await Promise.all(names.map((name) => mesh.createNamespace(name, { [label]: 'enabled' })));
    for (const name of names) {
      const first = await untilBroker(name);
      await untilEvent(name);
      expect(await brokersIn(name)).toHaveLength(1);
      await mesh.client.delete(brokerKind, `${name}/default`);
      await eventually(async () => {
        const [second] = await brokersIn(name);
        return second !== undefined && second.metadata.uid !== first.metadata.uid;
      });
      expect(await brokersIn(name)).toHaveLength(1);
    }
  }, 60_000);

  it('keeps its Broker when the label goes, but gets no other', async () => {
    await mesh.createNamespace('unlabelled', { [label]: 'enabled' });
    await untilBroker('unlabelled');
    await mesh.client.mergePatch(namespaceKind, 'unlabelled', {
      metadata: { labels: { [label]: null } },
    });
    await delay(300);
    expect(await brokersIn('unlabelled')).toHaveLength(1);
    await mesh.client.delete(brokerKind, 'unlabelled/default');
    await eventually(async () => (await brokersIn('unlabelled')).length === 0);
    await delay(500);
    expect(await brokersIn('unlabelled')).toEqual([]);
  });

  it.each([{ [label]: 'disabled' }, { 'knative-eventing-injection': 'disabled' }, {}])(
    'with %j gets none',
    async (labels) => {
      const name = `without-${Object.keys(labels)[0]?.length ?? 0}`;
      await mesh.createNamespace(name, labels);
      await delay(300);
      expect(await brokersIn(name)).toEqual([]);
    },
  );

  it('with a Broker "default" of another class is left as it is', async () => {
    await mesh.createNamespace('theirs');
    const theirs = await mesh.client.create<Broker>(brokerKind, {
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Broker',
      metadata: {
        name: 'default',
        namespace: 'theirs',
        annotations: { [brokerClassAnnotation]: 'Kafka' },
      },
    });
    await mesh.client.mergePatch(namespaceKind, 'theirs', {
      metadata: { labels: { [label]: 'enabled' } },
    });
    await delay(300);
    const [broker] = await brokersIn('theirs');
    expect(broker?.metadata.resourceVersion).toBe(theirs.metadata.resourceVersion);
  });
});
