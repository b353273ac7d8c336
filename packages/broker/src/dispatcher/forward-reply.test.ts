import { describe, expect, it } from '@jest/globals';
import type { CloudEvent } from '@jetmesh/cloudevents-http';
import type { OutgoingMessage, PublishOutcome } from '@jetmesh/jetstream';
import type { DeliveryPlan } from './delivery-plan.ts';
import { forwardReply } from './forward-reply.ts';

const plan = {
  trigger: { namespace: 'shop', name: 'orders', uid: 'trigger-uid' },
  broker: {
    namespace: 'shop',
    name: 'default',
    uid: 'broker-uid',
    address: 'http://broker/shop/default',
    options: { deduplicates: false, timeToLive: undefined },
  },
} as DeliveryPlan;

const withOptions = (options: Partial<DeliveryPlan['broker']['options']>): DeliveryPlan => ({
  ...plan,
  broker: { ...plan.broker, options: { ...plan.broker.options, ...options } },
});

function anEvent(attributes: Record<string, string>): CloudEvent {
  const all = { specversion: '1.0', id: '1', source: '/s', type: 't', ...attributes };
  return { attributes: new Map(Object.entries(all)), data: Buffer.from('{}') };
}

const stored: PublishOutcome = { kind: 'stored', stream: 's', sequence: 9, isDuplicate: false };

/** Forwards a reply to an event that has `hops` left and was stored with `headers`. */
async function forward(
  hops: string | undefined,
  options: {
    outcome?: PublishOutcome;
    headers?: string[];
    carriedHeaders?: string[];
    plan?: DeliveryPlan;
    replyId?: string;
  } = {},
) {
  const published: OutgoingMessage[] = [];
  const publisher = {
    publish: (message: OutgoingMessage) => {
      published.push(message);
      return Promise.resolve(options.outcome ?? stored);
    },
  };
  const outcome = await forwardReply(
    {
      kind: 'delivered-with-reply',
      reply: anEvent({
        type: 'answered',
        knativebrokerttl: '9999',
        ...(options.replyId !== undefined && { id: options.replyId }),
      }),
      carriedHeaders: options.carriedHeaders ?? [],
    },
    { stream: 'S', sequence: 7, headers: options.headers ?? [] },
    anEvent(hops === undefined ? {} : { knativebrokerttl: hops }),
    { plan: options.plan ?? plan, publisher },
  );
  return { outcome, published };
}

const valueOf = (message: OutgoingMessage | undefined, name: string) =>
  message?.headers[message.headers.indexOf(name) + 1];

describe('forwardReply', () => {
  it('stores the reply with one hop less than the event that it answers', async () => {
    const { outcome, published } = await forward('10');
    expect(outcome).toEqual({ kind: 'delivered', hasIgnoredBody: false });
    expect(valueOf(published[0], 'ce-knativebrokerttl')).toBe('9');
    expect(valueOf(published[0], 'ce-type')).toBe('answered');
    expect(published[0]?.data.toString()).toBe('{}');
  });

  it('gives no reply more hops than the Broker gives a new event', async () => {
    const { published } = await forward('200', { plan: withOptions({ timeToLive: 3 }) });
    expect(valueOf(published[0], 'ce-knativebrokerttl')).toBe('3');
  });

  it('has one id for each delivery, whatever the reply calls itself', async () => {
    const ids = [await forward('9', { replyId: 'a' }), await forward('9', { replyId: 'b' })].map(
      ({ published }) => published[0]?.messageId,
    );
    expect(ids[0]).toMatch(/^reply-/);
    expect(ids[1]).toBe(ids[0]);
  });

  it('obeys the de-duplication of its Broker, unless it repeats the identity of what it answers', async () => {
    const deduplicating = withOptions({ deduplicates: true });
    const own = await forward('9', { replyId: 'own', plan: deduplicating });
    expect(own.published[0]?.messageId).toMatch(/^event-/);
    const echo = await forward('9', { plan: deduplicating });
    expect(echo.published[0]?.messageId).toMatch(/^reply-/);
  });

  it('starts anew for an event without hops', async () => {
    const { published } = await forward(undefined);
    expect(valueOf(published[0], 'ce-knativebrokerttl')).toBe('254');
  });

  it('stores under an id of Trigger and message, whatever the id of the event', async () => {
    const first = await forward('10');
    const second = await forward('10');
    expect(first.published[0]?.messageId).toBe(second.published[0]?.messageId);
    expect(first.published[0]?.messageId).toMatch(/^reply-[\w-]{22}$/);
  });

  it.each(['1', '0', '-3'])('ends a loop: with %s hops left nothing is stored', async (hops) => {
    const { outcome, published } = await forward(hops);
    expect(published).toHaveLength(0);
    expect(outcome).toMatchObject({
      kind: 'rejected',
      failure: { destination: 'http://broker/shop/default', code: 400 },
    });
  });

  it.each<[string, PublishOutcome, string, number]>([
    ['a full stream', { kind: 'stream-full' }, 'retryable', 507],
    ['no stream', { kind: 'no-stream' }, 'retryable', 503],
    ['a refusal', { kind: 'refused', detail: 'x' }, 'retryable', 503],
    ['no connection', { kind: 'unavailable', reason: 'disconnected' }, 'retryable', 503],
    ['an unknown outcome', { kind: 'unavailable', reason: 'deadline' }, 'retryable', 503],
    ['a reply that is too large', { kind: 'too-large', limitBytes: 1 }, 'rejected', 413],
  ])('fails the delivery at the Broker after %s', async (_case, outcome, kind, code) => {
    expect((await forward('10', { outcome })).outcome).toMatchObject({
      kind,
      failure: { destination: 'http://broker/shop/default', code },
    });
  });

  it('goes on with the trace of the event when the subscriber does not', async () => {
    const headers = ['ce-id', '1', 'traceparent', 'event-trace', 'x-request-id', 'r'];
    const { published } = await forward('10', { headers });
    expect(valueOf(published[0], 'traceparent')).toBe('event-trace');
    expect(published[0]?.headers).not.toContain('x-request-id');
  });

  it("takes the subscriber's trace where there is one", async () => {
    const headers = ['traceparent', 'event-trace'];
    const carriedHeaders = ['traceparent', 'subscriber-trace'];
    const { published } = await forward('10', { headers, carriedHeaders });
    expect(valueOf(published[0], 'traceparent')).toBe('subscriber-trace');
    expect(published[0]?.headers).not.toContain('event-trace');
  });
});
