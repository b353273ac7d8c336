import { afterEach, describe, expect, it } from '@jest/globals';
import { encodeBinary } from '@jetmesh/cloudevents-http';
import type { PullSettings, StreamMessage } from '@jetmesh/jetstream';
import type { Dispatcher } from 'undici';
import type { AttemptHandler } from './attempt-handler.ts';
import { DeliveryCounts } from './delivery-counts.ts';
import type { DeliveryPlan } from './delivery-plan.ts';
import { DeliveryRecords } from './delivery-records.ts';
import type { EventPublisher } from './event-publisher.ts';
import { TriggerSubscription } from './trigger-subscription.ts';

const plan = {
  trigger: { namespace: 'shop', name: 'orders', uid: 'trigger-uid' },
  broker: {
    namespace: 'shop',
    name: 'default',
    uid: 'broker-uid',
    address: 'http://broker/',
    options: { deduplicates: false, timeToLive: undefined },
  },
  subscriber: { uri: 'http://a/', origin: 'http://a', path: '/', caCertificates: undefined },
  deadLetterSink: undefined,
  retryPolicy: {
    retryCount: 1,
    backoffPolicy: 'none',
    backoffDelayMs: 0,
    backoffMaxMs: 0,
    retryAfterMaxMs: 0,
  },
  timeoutMs: 60_000,
  deadLetterTimeoutMs: 3_600_000,
  profile: 'cloudevents',
  contentMode: 'binary',
  hasStrictReplies: false,
  subscriptionName: undefined,
  maxInFlight: 2,
  order: { kind: 'unordered' },
  rateLimit: undefined,
  isExclusive: false,
} as const satisfies DeliveryPlan;

const ignore = () => undefined;
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore, child: () => silent };

const noStore = {
  read: () => Promise.resolve(undefined),
  write: () => Promise.resolve(undefined),
  remove: ignore,
};

/** A subscription whose stream and subscriber are played by the test. */
function aSubscription(isParkingOnly = false) {
  const open: { id: string; answer: (status: number) => void }[] = [];
  const settled: string[] = [];
  const parked: string[] = [];
  const recalled: number[] = [];
  let publish: EventPublisher['publish'] = () => Promise.reject(new Error('nothing is published'));
  const counts = new DeliveryCounts();
  let pull: PullSettings | undefined;
  let unsettled = 0;
  let finish: () => void = () => undefined;
  const subscription = new TriggerSubscription({
    stream: 's',
    consumer: 'c',
    filter: { narrowing: new Map(), matches: (attributes) => attributes.get('type') === 't' },
    isParkingOnly,
    windowBytes: 1_000,
    logger: silent,
    puller: {
      open(settings) {
        pull = settings;
        return {
          unsettledCount: 0,
          setMaxUnsettled: ignore,
          recallDelayed: (sequence) => recalled.push(sequence),
          pause: () => settled.push('pause'),
          resume: () => settled.push('resume'),
          stop: () =>
            unsettled === 0 ? Promise.resolve() : new Promise((done) => (finish = done)),
          nakUnsettled: () => settled.push('given back'),
        };
      },
    },
    context: {
      plan,
      counts,
      records: new DeliveryRecords({ triggerUid: 't', store: noStore, hasRecordsInHeaders: false }),
      maxReplyBytes: 1_000,
      observeAttemptMs: ignore,
      now: () => 0,
      publisher: { publish: (message) => publish(message) },
      connections: {
        dispatch: (_target, options, handler) => {
          const headers = options.headers as string[];
          open.push({
            id: headers[headers.indexOf('ce-id') + 1] ?? '',
            answer: (status) => answer(handler, status),
          });
        },
      },
    },
  });
  const arrive = (id: string, type = 't', moreHeaders: readonly string[] = []) => {
    unsettled += 1;
    const message = aMessage(id, type, (settlement) => {
      settled.push(`${settlement} ${id}`);
      unsettled -= 1;
      if (unsettled === 0) finish();
    });
    pull?.onMessage({ ...message, headers: [...message.headers, ...moreHeaders] });
  };
  const takeParked = () => {
    publish = ({ headers }) => {
      const valueOf = (name: string) => headers[headers.indexOf(name) + 1] ?? '';
      parked.push(`${valueOf('ce-id')} ${valueOf('Jetmesh-Reason')}`);
      return Promise.resolve({ kind: 'stored', stream: 'd', sequence: 1, isDuplicate: false });
    };
  };
  const seen = { open, settled, counts, parked, recalled };
  return { subscription, arrive, takeParked, ...seen, pull: () => pull };
}

function answer(handler: AttemptHandler, status: number): void {
  const controller = { rawHeaders: [] as string[], abort: ignore };
  handler.onResponseStart(controller as unknown as Dispatcher.DispatchController, status);
  handler.onResponseEnd();
}

function aMessage(id: string, type: string, settle: (how: string) => void): StreamMessage {
  const attributes = { specversion: '1.0', id, source: '/s', type };
  const { headers, body } = encodeBinary({
    attributes: new Map(Object.entries(attributes)),
    data: Buffer.from('{}'),
  });
  return {
    subject: 'subject',
    stream: 's',
    sequence: Number(id),
    deliveryCount: 1,
    timestampMs: 0,
    pendingCount: 0,
    headers,
    data: body,
    size: 100,
    ack: () => settle('ack'),
    nak: (delayMs) => settle(`nak ${delayMs}`),
    term: () => settle('term'),
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('TriggerSubscription', () => {
  const subscriptions: TriggerSubscription[] = [];
  const started = (isParkingOnly = false) => {
    const parts = aSubscription(isParkingOnly);
    subscriptions.push(parts.subscription);
    parts.subscription.start();
    return parts;
  };
  afterEach(() => subscriptions.splice(0).forEach((subscription) => subscription.abandon()));

  it('pulls twice as many messages as it may deliver at once', () => {
    expect(started().pull()).toMatchObject({ stream: 's', consumer: 'c', maxUnsettled: 4 });
  });

  it('delivers as many at once as it may, the others in order of arrival', async () => {
    const { arrive, open, settled } = started();
    ['1', '2', '3', '4'].forEach((id) => arrive(id));
    expect(open.map(({ id }) => id)).toEqual(['1', '2']);
    open[1]?.answer(200);
    await turn();
    expect(open.map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(settled).toEqual(['ack 2']);
    open.forEach(({ answer }) => answer(200));
    await turn();
    open[3]?.answer(200);
    await turn();
    expect(settled).toEqual(['ack 2', 'ack 1', 'ack 3', 'ack 4']);
  });

  it('acknowledges at once what its filter does not match', () => {
    const { arrive, open, settled, counts } = started();
    arrive('1', 'other');
    expect(open).toHaveLength(0);
    expect(settled).toEqual(['ack 1']);
    expect(counts.settlements).toMatchObject({ filtered: 1, ack: 0 });
  });

  it('acknowledges what is replayed for another Trigger, and delivers what is for its own', () => {
    const { arrive, open, settled } = started();
    arrive('1', 't', ['Jetmesh-Replay-For', 'another-uid']);
    arrive('2', 't', ['Jetmesh-Replay-For', 'trigger-uid']);
    expect(settled).toEqual(['ack 1']);
    expect(open.map(({ id }) => id)).toEqual(['2']);
    open[0]?.answer(200);
  });

  it('gives back what waits when it stops, and finishes what is open', async () => {
    const { subscription, arrive, open, settled } = started();
    ['1', '2', '3'].forEach((id) => arrive(id));
    const stopped = subscription.stop();
    expect(settled).toEqual(['nak 0 3']);
    arrive('4');
    expect(settled).toEqual(['nak 0 3', 'nak 0 4']);
    open.forEach(({ answer }) => answer(200));
    await stopped;
    expect(settled).toEqual(['nak 0 3', 'nak 0 4', 'ack 1', 'ack 2']);
  });

  it('counts what is open, tried and settled', async () => {
    const { arrive, open, counts } = started();
    arrive('1');
    expect(counts.inFlight).toBe(1);
    open[0]?.answer(503);
    await turn();
    expect(counts).toMatchObject({
      inFlight: 0,
      attempts: { retryable: 1, delivered: 0 },
      settlements: { retry: 1, ack: 0 },
    });
  });

  it('gives back a delivery that breaks on a fault of ours', async () => {
    const { arrive, open, settled } = started();
    arrive('1');
    // Rejected and no sink: parking breaks, as the publisher of this test does.
    open[0]?.answer(400);
    await turn();
    expect(settled).toEqual(['nak 30000 1']);
  });

  it('parks what comes up to a sequence, whatever its subscriber holds open, and delivers the rest', async () => {
    const { subscription, arrive, takeParked, open, settled, parked } = started();
    takeParked();
    ['1', '2'].forEach((id) => arrive(id));
    subscription.parkUpTo(3);
    ['3', '4'].forEach((id) => arrive(id));
    await turn();
    expect(parked).toEqual(['3 backlog-exceeded']);
    expect(settled).toEqual(['ack 3']);
    expect(open.map(({ id }) => id)).toEqual(['1', '2']);
    open[0]?.answer(200);
    await turn();
    expect(open.map(({ id }) => id)).toEqual(['1', '2', '4']);
    open.slice(1).forEach(({ answer }) => answer(200));
  });

  it('parks what waits, and calls back what waits for a retry', async () => {
    const { subscription, arrive, takeParked, open, parked, recalled, counts } = started();
    takeParked();
    ['1', '2', '3', '4'].forEach((id) => arrive(id));
    subscription.parkUpTo(3);
    await turn();
    expect(parked).toEqual(['3 backlog-exceeded']);
    expect(recalled).toEqual([3]);
    expect(counts.settlements).toMatchObject({ park: 1 });
    open.forEach(({ answer }) => answer(200));
    await turn();
    open[2]?.answer(200);
  });

  it('parks of a paused Trigger what it is told, and leaves the rest in the stream', async () => {
    const { subscription, arrive, takeParked, open, settled, parked } = started(true);
    takeParked();
    subscription.parkUpTo(1);
    ['1', '2'].forEach((id) => arrive(id));
    await turn();
    expect(parked).toEqual(['1 backlog-exceeded']);
    subscription.parkUpTo(2);
    arrive('2');
    await turn();
    expect(settled).toEqual(['resume', 'pause', 'nak 0 2', 'ack 1', 'resume', 'ack 2']);
    expect(open).toHaveLength(0);
  });

  it('parks instead of trying again when an open delivery of the excess fails', async () => {
    const { subscription, arrive, takeParked, open, settled, parked } = started();
    takeParked();
    arrive('1');
    subscription.parkUpTo(1);
    open[0]?.answer(503);
    await turn();
    expect(parked).toEqual(['1 backlog-exceeded']);
    expect(settled).toEqual(['ack 1']);
  });

  it('never starts once it has been stopped', async () => {
    const { subscription, pull } = aSubscription();
    await subscription.stop();
    subscription.start();
    expect(pull()).toBeUndefined();
  });
});
