import { describe, expect, it } from '@jest/globals';
import type { HttpMessage } from '@jetmesh/cloudevents-http';
import type { AddressedBroker, BrokerRoute } from '../routing/broker-route.ts';
import type { ForwardOutcome } from './forward-outcome.ts';
import { ShadowSender, type ShadowResult } from './shadow-sender.ts';

const event = {
  attributes: new Map([
    ['id', '1'],
    ['type', 'order.created'],
  ]),
  data: Buffer.from('secret'),
};

function addressed(path: string): BrokerRoute {
  return { kind: 'addressed', key: 'shop/default', address: { origin: 'http://ingress', path } };
}

class Played {
  readonly posts: { broker: AddressedBroker; message: HttpMessage }[] = [];
  readonly results: ShadowResult[] = [];
  readonly sender: ShadowSender;
  answer: (outcome: ForwardOutcome) => void = () => undefined;

  constructor() {
    this.sender = new ShadowSender({
      poster: {
        post: (broker, message) => {
          this.posts.push({ broker, message });
          return new Promise((resolve) => (this.answer = resolve));
        },
      },
      token: 't',
      maxOutstanding: 1,
      onResult: (result) => this.results.push(result),
    });
  }
}

describe('ShadowSender', () => {
  it.each(['/shop/default', '/shop/default/'])(
    'sends attributes and token to %s and shadow',
    (path) => {
      const played = new Played();
      played.sender.send([addressed(path)], event);
      expect(played.posts).toMatchObject([
        {
          broker: { address: { origin: 'http://ingress', path: '/shop/default/shadow' } },
          message: {
            headers: ['ce-id', '1', 'ce-type', 'order.created', 'jetmesh-shadow-token', 't'],
          },
        },
      ]);
      expect(played.posts[0]?.message.body).toHaveLength(0);
    },
  );

  it('drops what is too much, and goes on when there is room', async () => {
    const played = new Played();
    played.sender.send([addressed('/a'), addressed('/b')], event);
    expect(played.posts).toHaveLength(1);
    expect(played.results).toEqual(['dropped']);
    played.answer({ kind: 'stored' });
    await new Promise(setImmediate);
    played.sender.send([addressed('/c')], event);
    played.answer({ kind: 'refused', detail: '403' });
    await new Promise(setImmediate);
    expect(played.results).toEqual(['dropped', 'sent', 'failed']);
  });

  it('has nothing to send to a Broker without address', () => {
    const played = new Played();
    played.sender.send([{ kind: 'unaddressed', key: 'a/b', reason: 'none' }], event);
    expect(played.results).toEqual(['dropped']);
  });
});
