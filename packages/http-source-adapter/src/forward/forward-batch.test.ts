import { describe, expect, it } from '@jest/globals';
import type { BrokerRoute } from '../routing/broker-route.ts';
import { forwardBatch } from './forward-batch.ts';
import type { ForwardOutcome } from './forward-outcome.ts';

const broker: BrokerRoute = {
  kind: 'addressed',
  key: 'shop/default',
  address: { origin: 'http://ingress', path: '/shop/default' },
};

/** Sends a batch of `count` events and says how many were posted; `outcomes` are by index, else stored. */
async function forwarded(count: number, outcomes: Record<number, ForwardOutcome['kind']>) {
  let postCount = 0;
  const post = ({ headers }: { headers: string[] }): Promise<ForwardOutcome> => {
    postCount += 1;
    const kind = outcomes[Number(headers[headers.indexOf('ce-id') + 1])] ?? 'stored';
    return Promise.resolve(kind === 'stored' ? { kind } : { kind, detail: 'x' });
  };
  const events = Array.from({ length: count }, (_, index) => ({
    event: { attributes: new Map([['id', String(index)]]), data: undefined },
    hasSenderId: true,
    carried: [],
  }));
  const poster = { post: (_broker: unknown, message: { headers: string[] }) => post(message) };
  const { kind } = await forwardBatch(poster, [broker], events);
  return { kind, postCount };
}

describe('forwardBatch', () => {
  it.each<[string, number, Record<number, ForwardOutcome['kind']>, string, number]>([
    ['nothing', 0, {}, 'stored', 0],
    ['one event', 1, {}, 'stored', 1],
    ['all events', 40, {}, 'stored', 40],
    ['no more once the batch must be repeated', 40, { 3: 'full' }, 'full', 16],
    ['the others when one can never be stored', 40, { 3: 'too-large' }, 'too-large', 40],
    ['both kinds of failure', 40, { 3: 'refused', 20: 'unavailable' }, 'unavailable', 32],
  ])('sends %s', async (...row) => {
    const [, count, outcomes, kind, postCount] = row;
    expect(await forwarded(count, outcomes)).toEqual({ kind, postCount });
  });
});
