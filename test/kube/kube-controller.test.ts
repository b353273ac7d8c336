import {
  configMapKind,
  eventKind,
  namespaceKind,
  serviceKind,
  triggerKind,
  type ConfigMap,
  type KubernetesObject,
  type Trigger,
} from '@jetmesh/eventing-api';
import {
  isAlreadyExists,
  isConflict,
  isGone,
  KubernetesEventRecorder,
  LeaderElector,
  loadKubeClient,
  Reflector,
  ServiceDirectory,
  writeStatus,
  type KubeClient,
  type ObjectChange,
} from '@jetmesh/kube-controller';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { describeOnKubeApis, type KubeFixture } from './support/describe-on-kube-apis.ts';
import { aConfigMap, aTrigger } from './support/objects.ts';

const logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

function kubeController(kube: KubeFixture): void {
  let client: KubeClient;
  let stopping: AbortController;
  const inNamespace = (name: string) => `${kube.namespace}/${name}`;
  const trigger = (name: string) =>
    aTrigger(name, { namespace: kube.namespace }) as never as Trigger;
  const configMap = (name: string) => aConfigMap(name, { namespace: kube.namespace }) as ConfigMap;

  beforeAll(async () => {
    client = await loadKubeClient({ kubeconfig: kube.access.kubeconfig });
  });

  afterAll(() => client.close());

  beforeEach(() => {
    stopping = new AbortController();
  });

  afterEach(() => stopping.abort());

  describe('the client', () => {
    it('creates, reads, replaces, patches and deletes', async () => {
      const created = await client.create(triggerKind, trigger('a'));
      expect(await client.get(triggerKind, inNamespace('a'))).toEqual(created);
      const replaced = await client.replace<Trigger>(triggerKind, {
        ...created,
        spec: { ...created.spec, delivery: { retry: 1 } },
      });
      expect(replaced.metadata.generation).toBe(2);
      const patched = await client.mergePatch<Trigger>(triggerKind, inNamespace('a'), {
        spec: { delivery: { retry: null } },
      });
      expect(patched.spec.delivery).toEqual({});
      expect(await client.delete(triggerKind, inNamespace('a'))).toBe('deleted');
      expect(await client.delete(triggerKind, inNamespace('a'))).toBe('not-found');
      expect(await client.get(triggerKind, inNamespace('a'))).toBeUndefined();
    });

    it('tells conflicts and taken names apart', async () => {
      const created = await client.create(triggerKind, trigger('a'));
      const taken = await errorOf(client.create(triggerKind, trigger('a')));
      await client.mergePatch(triggerKind, inNamespace('a'), { metadata: { labels: { a: 'b' } } });
      const stale = await errorOf(client.replace(triggerKind, created));
      expect([isAlreadyExists(taken), isConflict(taken)]).toEqual([true, false]);
      expect([isAlreadyExists(stale), isConflict(stale)]).toEqual([false, true]);
    });

    it('deletes only the object that it saw', async () => {
      await client.create(triggerKind, trigger('a'));
      const uid = '00000000-0000-0000-0000-000000000000';
      expect(isConflict(await errorOf(client.delete(triggerKind, inNamespace('a'), { uid })))).toBe(
        true,
      );
    });

    it('applies, with conflicts and by force', async () => {
      await client.apply(triggerKind, trigger('a'), { fieldManager: 'one' });
      const other: Trigger = {
        ...trigger('a'),
        spec: { broker: 'default', subscriber: { uri: 'http://b' } },
      };
      const refused = await errorOf(client.apply(triggerKind, other, { fieldManager: 'two' }));
      expect(isConflict(refused)).toBe(true);
      const forced = await client.apply(triggerKind, other, { fieldManager: 'two', force: true });
      expect(forced.spec.subscriber.uri).toBe('http://b');
    });

    it('lists more than a page, with apiVersion and kind', async () => {
      const names = Array.from({ length: 520 }, (_, n) => `n${n}`);
      for (let from = 0; from < names.length; from += 20) {
        const some = names.slice(from, from + 20);
        await Promise.all(some.map((name) => client.create(configMapKind, configMap(name))));
      }
      const { items } = await client.list<ConfigMap>(configMapKind, { namespace: kube.namespace });
      expect(items.map(({ metadata }) => metadata.name)).toEqual([...names].sort());
      expect(items[0]).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
    });

    it('lists by labels and fields', async () => {
      await client.create(
        triggerKind,
        aTrigger('a', { namespace: kube.namespace, labels: { x: 'y' } }),
      );
      await client.create(triggerKind, trigger('b'));
      const namesOf = async (options: object) => {
        const { items } = await client.list(triggerKind, { namespace: kube.namespace, ...options });
        return items.map(({ metadata }) => metadata.name);
      };
      expect(await namesOf({ labelSelector: 'x=y' })).toEqual(['a']);
      expect(await namesOf({ fieldSelector: 'metadata.name=b' })).toEqual(['b']);
    });

    it('throws 410 out of a watch whose past is gone', async () => {
      await client.create(triggerKind, trigger('a'));
      for (let turn = 0; turn < 80; turn += 1) {
        const annotations = { value: `${turn}`.padEnd(250_000) };
        await client.mergePatch(triggerKind, inNamespace('a'), { metadata: { annotations } });
      }
      const watch = client.watch(triggerKind, {
        namespace: kube.namespace,
        resourceVersion: '1',
        timeoutSeconds: 20,
        stallMs: 20_000,
        signal: stopping.signal,
      });
      expect(isGone(await errorOf(endOf(watch)))).toBe(true);
    });
  });

  describe('a reflector', () => {
    it('keeps a store equal to the API and tells each change', async () => {
      await client.create(triggerKind, trigger('before'));
      const reflector = new Reflector<Trigger>({
        client,
        kind: triggerKind,
        namespace: kube.namespace,
        logger,
      });
      const changes: string[] = [];
      reflector.subscribe((change: ObjectChange<Trigger>) => {
        changes.push(`${change.kind} ${change.key.split('/')[1] ?? ''}`);
      });
      reflector.start(stopping.signal);
      await reflector.whenSynced();
      expect(reflector.store.get(inNamespace('before'))?.spec.broker).toBe('default');

      await client.create(triggerKind, trigger('a'));
      await client.mergePatch(triggerKind, inNamespace('a'), { metadata: { labels: { a: 'b' } } });
      await client.delete(triggerKind, inNamespace('a'));
      await eventually(() => changes.includes('deleted a'));
      expect(changes).toEqual(['added before', 'added a', 'updated a', 'deleted a']);
      expect(reflector.store.list().map(({ metadata }) => metadata.name)).toEqual(['before']);
    });
  });

  describe('a status', () => {
    it('is written when it differs, and never over a newer object', async () => {
      const observed = await client.create(triggerKind, trigger('a'));
      const status = { subscriberUri: 'http://a', observedGeneration: 1 };
      const write = (object: Trigger, next: Trigger['status']) =>
        writeStatus(client, triggerKind, object, next ?? {});
      expect(await write(observed, status)).toBe('patched');
      expect(await write(observed, status)).toBe('conflict');
      const current = await client.get<Trigger>(triggerKind, inNamespace('a'));
      expect(await write(current!, status)).toBe('unchanged');
      expect(await write(current!, { observedGeneration: 1 })).toBe('patched');
      const { status: stored } = (await client.get<Trigger>(triggerKind, inNamespace('a')))!;
      expect(stored).toEqual({ observedGeneration: 1 });
      await client.delete(triggerKind, inNamespace('a'));
      expect(await write(current!, { observedGeneration: 2 })).toBe('gone');
    });
  });

  describe('leader election', () => {
    it('has one leader, and another as soon as the first releases', async () => {
      const leaders: string[] = [];
      const elector = (identity: string) =>
        new LeaderElector({
          client,
          namespace: kube.namespace,
          name: 'controller',
          identity,
          logger,
          leaseDurationMs: 2000,
          renewDeadlineMs: 1500,
          retryPeriodMs: 200,
          onStartedLeading: () => leaders.push(identity),
          onStoppedLeading: () => undefined,
        });
      const [one, two] = [elector('one'), elector('two')];
      one.start(stopping.signal);
      await eventually(() => one.isLeader);
      two.start(stopping.signal);
      await one.release();
      await eventually(() => two.isLeader);
      expect(leaders).toEqual(['one', 'two']);
      expect(one.isLeader).toBe(false);
      await two.release();
    });
  });

  it('a Kubernetes Event is one object whose count grows', async () => {
    const about = await client.create(triggerKind, trigger('a'));
    const recorder = new KubernetesEventRecorder({ client, component: 'test', logger });
    const event = { type: 'Warning', reason: 'Tested', message: 'Three times.' } as const;
    for (let turn = 0; turn < 3; turn += 1) recorder.record(about, event);
    await eventually(async () => {
      const { items } = await client.list<KubernetesObject & { count: number }>(eventKind, {
        namespace: kube.namespace,
        fieldSelector: `involvedObject.uid=${about.metadata.uid ?? ''}`,
      });
      return items.length === 1 && items[0]?.count === 3;
    });
  });

  it('a service directory finds a process of this machine by its Service', async () => {
    const directory = new ServiceDirectory({ client, logger });
    directory.start(stopping.signal);
    await client.create(serviceKind, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'subscriber', namespace: kube.namespace },
      spec: {
        type: 'ExternalName',
        externalName: 'localhost',
        ports: [{ port: 80, targetPort: 8081 }],
      },
    } as KubernetesObject);
    await directory.whenSynced();
    const found = await eventually(() =>
      directory.lookUp(`subscriber.${kube.namespace}.svc.cluster.local`, 80),
    );
    expect(found).toEqual({ host: 'localhost', port: 8081 });
  });

  it('what is in a deleted Namespace goes by the watch of its kind', async () => {
    await client.create(triggerKind, trigger('a'));
    const reflector = new Reflector<Trigger>({
      client,
      kind: triggerKind,
      namespace: kube.namespace,
      logger,
    });
    reflector.start(stopping.signal);
    await reflector.whenSynced();
    await client.delete(namespaceKind, kube.namespace);
    await eventually(() => reflector.store.list().length === 0, { timeoutMs: 20_000 });
  });
}

async function endOf(watch: AsyncIterable<unknown>): Promise<void> {
  for await (const event of watch) expect(event).toBeDefined();
}

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail.');
}

describeOnKubeApis('kube-controller', kubeController);
