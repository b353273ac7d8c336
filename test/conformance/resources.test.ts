import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  brokerKind,
  conditionOf,
  customResourceDefinitions,
  isReady,
  serviceKind,
  triggerKind,
  type Broker,
  type Service,
  type Trigger,
  type TriggerSpec,
} from '@jetmesh/eventing-api';
import { isIP } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { postEvent } from '../support/post-event.ts';
import { ConformanceMesh, urlOf } from './conformance-mesh.ts';

/** Numbers are those of the statements of the Knative specification as we keep them. */
describe('Knative destinations, fields and conditions', () => {
  let mesh: ConformanceMesh;

  beforeAll(async () => {
    mesh = await ConformanceMesh.start('resources');
  }, 90_000);
  afterAll(() => mesh.stop(), 60_000);

  describe('Destinations', () => {
    it.each([
      ['uri alone is absolute', { uri: 'http://127.0.0.1:9/a?b=c' }, 'http://127.0.0.1:9/a?b=c'],
      [
        'ref alone is the resolved URL',
        { ref: { apiVersion: 'v1', kind: 'Service', name: 'sink' } },
        'http://sink.resources.svc.cluster.local',
      ],
      [
        'uri is relative to the resolved ref',
        { ref: { apiVersion: 'v1', kind: 'Service', name: 'sink' }, uri: '/path' },
        'http://sink.resources.svc.cluster.local/path',
      ],
    ])(
      'AD-1 AD-2 A Destination is a uri, a Service by its name, or both: %s',
      async (_case, subscriber, expected) => {
        await createService(mesh, 'sink');
        const { metadata } = await mesh.createTrigger({ broker: 'missing', subscriber });
        const broker = await mesh.readyBroker({}, mesh.newName('ad'));
        const trigger = await mesh.createTrigger({ broker: broker.metadata.name, subscriber });
        const resolved = await mesh.untilObject<Trigger>(
          triggerKind,
          trigger.metadata.name,
          (object) => object.status?.subscriberUri !== undefined,
        );
        expect(resolved.status?.subscriberUri).toBe(expected);
        await mesh.mesh.client.delete(triggerKind, `${mesh.namespace}/${metadata.name}`);
      },
    );

    it('AD-2 Resolving MUST support any object with status.address.url', async () => {
      const target = await mesh.route();
      const broker = await mesh.readyBroker();
      const ref = { apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: target.broker };
      const trigger = await mesh.readyTrigger({
        broker: broker.metadata.name,
        subscriber: { ref },
      });
      expect(trigger.status?.subscriberUri).toBe(target.url);
      await postEvent(urlOf(broker), { 'ce-id': 'ad-2' });
      await eventually(() => target.subscriber.received.some(({ id }) => id === 'ad-2'));
    });

    it('AD-3 Other mechanisms MAY be added: here none is, and an object without an address is refused', async () => {
      const broker = await mesh.readyBroker();
      const config = await mesh.createSettings({});
      const spec = { broker: broker.metadata.name, subscriber: { ref: config } };
      const { metadata } = await mesh.createTrigger(spec);
      await mesh.untilObject<Trigger>(triggerKind, metadata.name, (object) => {
        const { status, message = '' } = conditionOf(object, 'SubscriberResolved') ?? {};
        return status === 'False' && message.includes('address not set');
      });
    });

    it('AD-4 A missing object makes Ready False, and the status SHOULD show why; it heals when the object comes', async () => {
      const broker = await mesh.readyBroker();
      const { metadata } = await mesh.createTrigger({
        broker: broker.metadata.name,
        subscriber: { ref: { apiVersion: 'v1', kind: 'Service', name: 'later' } },
      });
      const broken = await mesh.untilObject<Trigger>(
        triggerKind,
        metadata.name,
        (object) => conditionOf(object, 'SubscriberResolved')?.status === 'False',
      );
      expect(conditionOf(broken, 'SubscriberResolved')?.message).toContain('resources/later');
      await createService(mesh, 'later');
      await mesh.untilReady<Trigger>(triggerKind, metadata.name);
    });

    it('AD-5 A Broker MUST conform to the Addressable interface', async () => {
      const broker = await mesh.readyBroker();
      const { protocol, hostname } = new URL(urlOf(broker));
      expect(protocol).toBe('http:');
      expect(isIP(hostname)).toBe(4);
    });
  });

  describe('Resource fields and conditions', () => {
    it('RF-1 RF-6 RF-7 RF-8 Every field of the specification is kept as it was sent', async () => {
      const delivery = {
        deadLetterSink: { uri: 'http://127.0.0.1:9/dead' },
        retry: 3,
        backoffPolicy: 'exponential',
        backoffDelay: 'PT0.5S',
        timeout: 'PT5S',
      } as const;
      const config = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        name: 'absent',
        namespace: 'resources',
      };
      const broker = await mesh.createBroker({ config, delivery });
      expect(broker.spec).toEqual({ config, delivery });
      const spec: TriggerSpec = {
        broker: broker.metadata.name,
        filter: { attributes: { type: 'a', subject: '' } },
        subscriber: { ref: { apiVersion: 'v1', kind: 'Service', name: 'a' }, uri: '/path' },
        delivery,
      };
      expect((await mesh.createTrigger(spec)).spec).toEqual(spec);
    });

    it('RF-2 Nothing outside of the specification is required: a Broker without a spec, a Trigger with two fields', async () => {
      const broker = await mesh.mesh.client.create<Broker>(brokerKind, {
        apiVersion: 'eventing.knative.dev/v1',
        kind: 'Broker',
        metadata: { name: mesh.newName('bare'), namespace: mesh.namespace },
      });
      await mesh.untilReady<Broker>(brokerKind, broker.metadata.name);
      const { url } = await mesh.subscriber();
      await mesh.readyTrigger({ broker: broker.metadata.name, subscriber: { uri: url } });
    });

    it('RF-3 What Jetmesh adds is in annotations: the fields of spec are those of Knative', () => {
      const fieldsOf = (kind: string) => {
        const { spec } = customResourceDefinitions.find((one) => one.spec.names.kind === kind)!;
        const schema = spec.versions[0]?.schema.openAPIV3Schema.properties?.spec;
        return Object.keys(schema?.properties ?? {}).sort();
      };
      expect(fieldsOf('Broker')).toEqual(['config', 'delivery']);
      expect(fieldsOf('Trigger')).toEqual([
        'broker',
        'brokerRef',
        'delivery',
        'filter',
        'filters',
        'subscriber',
      ]);
    });

    it('RF-4 A status that a client sends along is not taken', async () => {
      const trigger = await mesh.mesh.client.create<Trigger>(triggerKind, {
        apiVersion: 'eventing.knative.dev/v1',
        kind: 'Trigger',
        metadata: { name: mesh.newName('trigger'), namespace: mesh.namespace },
        spec: { broker: 'absent', subscriber: { uri: 'http://127.0.0.1:9' } },
        status: { subscriberUri: 'http://forged' },
      });
      expect(trigger.status).toBeUndefined();
    });

    it.each(['apiVersion', 'kind', 'name'])(
      'RF-10 %s of a reference is required, its namespace is not',
      async (missing) => {
        const config = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a' };
        await mesh.createBroker({ config });
        const incomplete = { ...config, [missing]: undefined };
        await expect(mesh.createBroker({ config: incomplete })).rejects.toThrow(
          `missing field(s): spec.config.${missing}`,
        );
      },
    );

    it('ES-3 ES-6 False is a failure, Unknown is not finished, and names are positive', async () => {
      const broker = await mesh.readyBroker();
      const { metadata } = await mesh.createTrigger({
        broker: broker.metadata.name,
        subscriber: { ref: { apiVersion: 'v1', kind: 'Service', name: 'never' } },
      });
      const trigger = await mesh.untilObject<Trigger>(
        triggerKind,
        metadata.name,
        (object) => conditionOf(object, 'SubscriberResolved')?.status === 'False',
      );
      expect(conditionOf(trigger, 'SubscriptionReady')).toMatchObject({
        status: 'Unknown',
        reason: expect.stringMatching(/./),
        message: expect.stringMatching(/./),
      });
      const typesOf = ({ status }: Broker | Trigger) => status?.conditions?.map(({ type }) => type);
      expect(typesOf(trigger)).toEqual([
        'BrokerReady',
        'DeadLetterSinkResolved',
        'DependencyReady',
        'OIDCIdentityCreated',
        'Ready',
        'SubscriberResolved',
        'SubscriptionReady',
      ]);
      expect(typesOf(broker)).toEqual([
        'Addressable',
        'DeadLetterSinkResolved',
        'EventPoliciesReady',
        'FilterReady',
        'IngressReady',
        'Ready',
        'TriggerChannelReady',
      ]);
    });

    it('RF-4 RF-5 status is set by the server, with observedGeneration and conditions in one write', async () => {
      const { trigger } = await mesh.route();
      const key = `${mesh.namespace}/${trigger.metadata.name}`;
      await mesh.mesh.client.mergePatch(triggerKind, key, {
        spec: { filter: { attributes: { type: 'changed' } } },
      });
      const changed = await mesh.untilObject<Trigger>(
        triggerKind,
        trigger.metadata.name,
        (object) => (object.status?.observedGeneration ?? 0) > (trigger.metadata.generation ?? 0),
      );
      expect(changed.status?.conditions).not.toEqual([]);
    });

    it('RF-9 A named attribute MUST be present; empty matches any present value, else exact and case-sensitive', async () => {
      const { url, subscriber } = await mesh.route({
        trigger: { filter: { attributes: { type: 'Exact', ext: '' } } },
      });
      await postEvent(url, { 'ce-type': 'exact', 'ce-ext': 'x', 'ce-id': 'case' });
      await postEvent(url, { 'ce-type': 'Exact', 'ce-id': 'absent' });
      await postEvent(url, { 'ce-type': 'Exact', 'ce-ext': 'x', 'ce-id': 'match' });
      await eventually(() => subscriber.received.length > 0);
      await delay(200);
      expect(subscriber.received.map(({ id }) => id)).toEqual(['match']);
    });

    it('ES-1 ES-2 ES-5 Conditions have unique types, Ready among them; what is not True has reason and message', async () => {
      const { metadata } = await mesh.createTrigger({
        broker: 'absent',
        subscriber: { uri: 'http://127.0.0.1:1' },
      });
      const trigger = await mesh.untilObject<Trigger>(
        triggerKind,
        metadata.name,
        (object) => object.status?.conditions !== undefined,
      );
      const conditions = trigger.status?.conditions ?? [];
      const types = conditions.map(({ type }) => type);
      expect(new Set(types).size).toBe(types.length);
      expect(types).toContain('Ready');
      for (const condition of conditions.filter(({ status }) => status === 'False')) {
        expect(condition.reason).toMatch(/./);
        expect(condition.message).toMatch(/./);
      }
    });

    it('ES-4 A False dependent makes Ready False, and Ready says which', async () => {
      const broker = await mesh.readyBroker();
      const { metadata } = await mesh.createTrigger({
        broker: broker.metadata.name,
        filters: [{ cesql: 'this is not ( an expression' }],
        subscriber: { uri: 'http://127.0.0.1:1' },
      });
      const trigger = await mesh.untilObject<Trigger>(
        triggerKind,
        metadata.name,
        (object) => conditionOf(object, 'Ready')?.status === 'False',
      );
      expect(conditionOf(trigger, 'Ready')?.message).toBe(
        'spec.filters[0].cesql: invalid value: this is not ( an expression: expected an operator or the end, found "is" (character 6 of the expression)',
      );
      expect(isReady(trigger)).toBe(false);
    });
  });
});

async function createService(mesh: ConformanceMesh, name: string): Promise<void> {
  const key = `${mesh.namespace}/${name}`;
  if ((await mesh.mesh.client.get(serviceKind, key)) !== undefined) return;
  await mesh.mesh.client.create<Service>(serviceKind, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: mesh.namespace },
    spec: { ports: [{ port: 80 }] },
  });
}
