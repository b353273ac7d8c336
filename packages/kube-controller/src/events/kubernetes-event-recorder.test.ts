import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { KubernetesObject } from '@jetmesh/eventing-api';
import { KubeApiError } from '../client/kube-api-error.ts';
import type { KubeClient } from '../client/kube-client.ts';
import { KubernetesEventRecorder } from './kubernetes-event-recorder.ts';
import type { KubernetesEvent } from './kubernetes-event.ts';

const logger = { debug: jest.fn(), info: jest.fn(), warn: jest.fn(), error: jest.fn() };
const object: KubernetesObject = {
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Trigger',
  metadata: { name: 't', namespace: 'ns', uid: 'u' },
};
const ready = { type: 'Normal', reason: 'Ready', message: 'It is ready' } as const;

/** Events as an API server keeps them. */
function anEventServer() {
  const events = new Map<string, KubernetesEvent>();
  const state = { isUp: true };
  const client = {
    create(_kind: unknown, event: KubernetesEvent) {
      if (!state.isUp) return Promise.reject(new Error('connection refused'));
      events.set(`${event.metadata.namespace ?? ''}/${event.metadata.name}`, event);
      return Promise.resolve(event);
    },
    mergePatch(_kind: unknown, key: string, patch: object) {
      const event = events.get(key);
      if (event === undefined) {
        const answer = { status: 404, reason: 'NotFound', message: '' };
        return Promise.reject(new KubeApiError('', answer));
      }
      events.set(key, { ...event, ...patch });
      return Promise.resolve(event);
    },
  } as unknown as KubeClient;
  return { client, events, state, all: () => [...events.values()] };
}

describe('KubernetesEventRecorder', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-01-01T00:00:00.500Z') });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const aRecorder = (client: KubeClient) =>
    new KubernetesEventRecorder({ client, component: 'trigger-controller', logger });
  const settle = () => jest.advanceTimersByTimeAsync(1_000);

  it('writes an Event about the object', async () => {
    const server = anEventServer();
    aRecorder(server.client).record(object, ready);
    await settle();
    expect(server.all()).toEqual([
      expect.objectContaining({
        involvedObject: expect.objectContaining({ kind: 'Trigger', name: 't', uid: 'u' }),
        ...ready,
        count: 1,
        firstTimestamp: '2026-01-01T00:00:00Z',
        source: { component: 'trigger-controller' },
      }),
    ]);
  });

  it('counts what is repeated in the same Event', async () => {
    const server = anEventServer();
    const recorder = aRecorder(server.client);
    for (let times = 0; times < 3; times++) {
      recorder.record(object, ready);
      await settle();
    }
    recorder.record(object, { ...ready, message: 'Another' });
    await settle();
    expect(server.all().map(({ count, message }) => [count, message])).toEqual([
      [3, 'It is ready'],
      [1, 'Another'],
    ]);
    expect(server.all()[0]?.lastTimestamp).toBe('2026-01-01T00:00:02Z');
  });

  it('makes an Event anew when the server has let it go', async () => {
    const server = anEventServer();
    const recorder = aRecorder(server.client);
    recorder.record(object, ready);
    await settle();
    server.events.clear();
    recorder.record(object, ready);
    await settle();
    expect(server.all()).toMatchObject([{ count: 2 }]);
  });

  it('writes no more than a burst about one object, then one in five minutes', async () => {
    const server = anEventServer();
    const recorder = aRecorder(server.client);
    const record = (message: number) =>
      recorder.record(object, { ...ready, message: `${message}` });
    for (let index = 0; index < 40; index++) record(index);
    await settle();
    expect(server.events.size).toBe(25);
    await jest.advanceTimersByTimeAsync(300_000);
    record(41);
    record(42);
    await settle();
    expect(server.events.size).toBe(26);
  });

  it('gives up what it cannot write, and what is too much at once', async () => {
    const server = anEventServer();
    const recorder = aRecorder(server.client);
    server.state.isUp = false;
    recorder.record(object, ready);
    await settle();
    expect(logger.warn).toHaveBeenCalledWith('Kubernetes event not written', expect.anything());
    server.state.isUp = true;
    for (let index = 0; index < 500; index++) {
      const other = { ...object, metadata: { ...object.metadata, name: `t-${index}` } };
      recorder.record(other, ready);
    }
    await settle();
    expect(server.events.size).toBe(100);
  });

  it('writes about an object without a Namespace in default, and shortens a name that is too long', async () => {
    const server = anEventServer();
    const name = 'n'.repeat(253);
    const metadata = { name, uid: 'u' };
    aRecorder(server.client).record({ apiVersion: 'v1', kind: 'Namespace', metadata }, ready);
    await settle();
    const [event] = server.all();
    expect(event?.metadata.namespace).toBe('default');
    expect(event?.metadata.name).toHaveLength(253);
    expect(event?.involvedObject).toMatchObject({ name, namespace: undefined });
  });
});
