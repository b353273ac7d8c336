import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  brokerClassAnnotation,
  brokerKind,
  conditionOf,
  triggerKind,
  type Broker,
  type Trigger,
} from '@jetmesh/eventing-api';
import { eventually } from '../support/eventually.ts';
import { postEvent } from '../support/post-event.ts';
import { ConformanceMesh, urlOf } from './conformance-mesh.ts';

/** Numbers are those of the statements of the Knative specification (control plane) as we keep them. */
describe('Knative control plane', () => {
  let mesh: ConformanceMesh;

  beforeAll(async () => {
    mesh = await ConformanceMesh.start('control-plane');
  }, 90_000);
  afterAll(() => mesh.stop(), 60_000);

  describe('Broker lifecycle', () => {
    it('CP-1 LX-18 A Broker MUST be Addressable: status.address.url is set', async () => {
      const broker = await mesh.readyBroker();
      expect(new URL(urlOf(broker)).pathname).toBe(`/control-plane/${broker.metadata.name}`);
      expect(conditionOf(broker, 'Addressable')).toMatchObject({ status: 'True' });
    });

    it('CP-2 Triggers MUST be tied to a Broker by spec.broker of their own Namespace', async () => {
      const { url, subscriber } = await mesh.route();
      const other = await mesh.route();
      await postEvent(url, { 'ce-id': 'cp-2' });
      await eventually(() => subscriber.received.length === 1);
      expect(other.subscriber.received).toEqual([]);
    });

    it('CP-3 A Ready Broker MUST accept every valid event and forward it to every associated Ready Trigger', async () => {
      const { url, broker, subscriber } = await mesh.route();
      const second = await mesh.subscriber();
      await mesh.readyTrigger({ broker, subscriber: { uri: second.url } });
      expect(await postEvent(url)).toMatchObject({ code: 202 });
      await eventually(() => subscriber.received.length === 1 && second.received.length === 1);
    });

    it('CP-4 Events from before a Trigger MAY be forwarded to it: here they are not', async () => {
      const { url, broker, subscriber } = await mesh.route();
      await postEvent(url, { 'ce-id': 'before' });
      await eventually(() => subscriber.received.length === 1);
      const later = await mesh.subscriber();
      await mesh.readyTrigger({ broker, subscriber: { uri: later.url } });
      await postEvent(url, { 'ce-id': 'after' });
      await eventually(() => later.received.length > 0);
      expect(later.received.map(({ id }) => id)).toEqual(['after']);
    });

    it('CP-5 LX-18 spec.delivery.deadLetterSink MUST be resolved into status.deadLetterSinkUri before Ready', async () => {
      const sink = await mesh.subscriber();
      const broker = await mesh.readyBroker({
        delivery: { deadLetterSink: { uri: `${sink.url}/dead` } },
      });
      expect(broker.status?.deadLetterSinkUri).toBe(`${sink.url}/dead`);
    });

    it('CP-6 LX-21 The class annotation SHOULD select the implementation; defaulting it is RECOMMENDED', async () => {
      const create = (name: string, annotations: Record<string, string>) =>
        mesh.mesh.client.create<Broker>(brokerKind, {
          apiVersion: 'eventing.knative.dev/v1',
          kind: 'Broker',
          metadata: { name, namespace: mesh.namespace, annotations },
        });
      await create('foreign', { [brokerClassAnnotation]: 'Kafka' });
      await create('unclassed', {});
      const adopted = await mesh.untilReady<Broker>(brokerKind, 'unclassed');
      expect(adopted.metadata.annotations?.[brokerClassAnnotation]).toBe('Jetmesh');
      expect((await mesh.get<Broker>(brokerKind, 'foreign'))?.status).toBeUndefined();
    });

    it('CP-7 LX-18 LX-21 The class annotation MUST be immutable', async () => {
      const { metadata } = await mesh.createBroker();
      const key = `${mesh.namespace}/${metadata.name}`;
      for (const brokerClass of ['Kafka', '', null]) {
        const annotations = { [brokerClassAnnotation]: brokerClass };
        const change = mesh.mesh.client.mergePatch(brokerKind, key, { metadata: { annotations } });
        await expect(change).rejects.toThrow(
          /Immutable annotations changed \(-old \+new\): annotations/,
        );
      }
    });

    it('CP-8 LX-18 LX-21 spec.config MUST be immutable', async () => {
      const config = { apiVersion: 'v1', kind: 'ConfigMap', name: 'one' };
      const { metadata } = await mesh.createBroker({ config });
      const key = `${mesh.namespace}/${metadata.name}`;
      const change = mesh.mesh.client.mergePatch(brokerKind, key, {
        spec: { config: { name: 'two' } },
      });
      await expect(change).rejects.toThrow(/Immutable fields changed/);
    });
  });

  describe('Trigger lifecycle', () => {
    it('TL-1 LX-19 A Trigger MAY be created before its Broker, and becomes Ready with it', async () => {
      const { url } = await mesh.subscriber();
      const broker = mesh.newName('late-broker');
      const trigger = await mesh.createTrigger({ broker, subscriber: { uri: url } });
      await mesh.createBroker({}, broker);
      const ready = await mesh.untilReady<Trigger>(triggerKind, trigger.metadata.name);
      expect(ready.status?.subscriberUri).toBe(url);
    });

    it('TL-2 Without its Broker, Ready MUST be false and the reason SHOULD say so', async () => {
      const { metadata } = await mesh.createTrigger({
        broker: 'nowhere',
        subscriber: { uri: 'http://127.0.0.1:1' },
      });
      const trigger = await mesh.untilObject<Trigger>(triggerKind, metadata.name, (object) =>
        conditionOf(object, 'Ready') === undefined ? false : true,
      );
      expect(conditionOf(trigger, 'Ready')).toMatchObject({
        status: 'False',
        reason: 'BrokerDoesNotExist',
        message: 'Broker "nowhere" does not exist',
      });
    });

    it('TL-3 LX-19 status.subscriberUri MUST be set from spec.subscriber before Ready', async () => {
      const { trigger, subscriber } = await mesh.route();
      expect(trigger.status?.subscriberUri).toBe(subscriber.url);
    });

    it('TL-4 When the subscriber cannot be resolved, Ready is False with the reason and subscriberUri is emptied', async () => {
      const { trigger } = await mesh.route();
      const key = `${mesh.namespace}/${trigger.metadata.name}`;
      await mesh.mesh.client.mergePatch(triggerKind, key, {
        spec: {
          subscriber: { uri: null, ref: { apiVersion: 'v1', kind: 'Service', name: 'none' } },
        },
      });
      const broken = await mesh.untilObject<Trigger>(
        triggerKind,
        trigger.metadata.name,
        (object) => conditionOf(object, 'Ready')?.status === 'False',
      );
      expect(broken.status?.subscriberUri).toBeUndefined();
      expect(conditionOf(broken, 'SubscriberResolved')).toMatchObject({
        status: 'False',
        reason: "Unable to get the Subscriber's URI",
      });
    });

    it('TL-5 spec.delivery.deadLetterSink MUST be resolved into status.deadLetterSinkUri before Ready', async () => {
      const sink = await mesh.subscriber();
      const { trigger } = await mesh.route({
        trigger: { delivery: { deadLetterSink: { uri: sink.url } } },
      });
      expect(trigger.status?.deadLetterSinkUri).toBe(sink.url);
    });

    it('TL-6 LX-19 spec.broker MUST NOT be updatable', async () => {
      const { metadata } = await mesh.createTrigger({
        broker: 'one',
        subscriber: { uri: 'http://127.0.0.1:1' },
      });
      const key = `${mesh.namespace}/${metadata.name}`;
      const change = mesh.mesh.client.mergePatch(triggerKind, key, { spec: { broker: 'two' } });
      await expect(change).rejects.toThrow(/Immutable fields changed \(-old \+new\): broker, spec/);
    });

    it.each([
      'source',
      'id',
      'specversion',
      'type',
      'subject',
      'time',
      'dataschema',
      'datacontenttype',
      'aaa',
      'c1d2e3',
      'abcdefghijklmnopqrst',
    ])('LX-20 Valid names of attributes can be filtered on: %s', async (attribute) => {
      const filter = { attributes: { [attribute]: 'x' } };
      const subscriber = { uri: 'http://127.0.0.1:9' };
      await mesh.createTrigger({ broker: 'absent', filter, subscriber });
    });

    it.each(['SOURCE', 'Source', 'souRce', 's pace s', 's_pace_s', 's-pace-s', '123', '🤷', '#$%'])(
      'LX-20 Invalid names cannot, also not by an update: %s',
      async (attribute) => {
        const { metadata } = await mesh.createTrigger({
          broker: 'absent',
          subscriber: { uri: 'http://127.0.0.1:9' },
        });
        const key = `${mesh.namespace}/${metadata.name}`;
        const update = mesh.mesh.client.mergePatch(triggerKind, key, {
          spec: { filter: { attributes: { [attribute]: 'x' } } },
        });
        await expect(update).rejects.toThrow(`invalid key name "${attribute}"`);
      },
    );

    it('TL-7 Updates to spec.subscriber and spec.filter SHOULD be allowed, and take effect', async () => {
      const { url, trigger, subscriber } = await mesh.route({
        trigger: { filter: { attributes: { type: 'before' } } },
      });
      const next = await mesh.subscriber();
      const key = `${mesh.namespace}/${trigger.metadata.name}`;
      await mesh.mesh.client.mergePatch(triggerKind, key, {
        spec: { subscriber: { uri: next.url }, filter: { attributes: { type: 'after' } } },
      });
      await mesh.untilReady<Trigger>(triggerKind, trigger.metadata.name);
      await postEvent(url, { 'ce-type': 'after', 'ce-id': 'tl-7' });
      await eventually(() => next.received.length === 1);
      expect(subscriber.received).toEqual([]);
    });

    it('TL-8 Ready only after the Broker will send all future matching events', async () => {
      // An event sent the moment Ready shows must arrive: ten Triggers, each sent to at once.
      const broker = await mesh.readyBroker();
      for (let round = 0; round < 10; round++) {
        const subscriber = await mesh.subscriber();
        const type = `tl-8.${round}`;
        await mesh.readyTrigger({
          broker: broker.metadata.name,
          filter: { attributes: { type } },
          subscriber: { uri: subscriber.url },
        });
        await postEvent(urlOf(broker), { 'ce-type': type });
        await eventually(() => subscriber.received.length === 1);
      }
    }, 60_000);
  });
});
