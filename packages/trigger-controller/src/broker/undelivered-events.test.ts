import { describe, expect, it } from '@jest/globals';
import { jetmeshAnnotations, type Trigger } from '@jetmesh/eventing-api';
import {
  deadLetterStreamName,
  groupConsumerName,
  retryStreamName,
  streamName,
  type ConsumerState,
  type StreamAdmin,
} from '@jetmesh/jetstream';
import { consumerFamilyOf } from '../trigger/consumer-owner.ts';
import { undeliveredEvents, undeliveredText } from './undelivered-events.ts';

const broker = {
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Broker',
  metadata: { name: 'default', namespace: 'team', uid: 'b' },
};

function trigger(name: string, stream = streamName('b')): Trigger {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { name, namespace: 'team', uid: `uid-${name}` },
    spec: { subscriber: {} },
    status: {
      annotations: { [jetmeshAnnotations.stream]: stream, [jetmeshAnnotations.consumer]: 'c' },
    },
  };
}

type Consumers = Readonly<Record<string, readonly [string, number, number][]>>;

/** An admin of these consumers (name, pending, unacknowledged) and so many parked events. */
function playedAdmin(consumers: Consumers, parkedCount = 0): StreamAdmin {
  const messages = { [deadLetterStreamName('b')]: parkedCount };
  return {
    streamState: (stream: string) =>
      Promise.resolve(
        stream in consumers || stream in messages
          ? { messages: messages[stream] ?? 0, lastSequence: 9 }
          : undefined,
      ),
    listConsumers: (stream: string) =>
      Promise.resolve(
        (consumers[stream] ?? []).map(
          ([name, numPending, numAckPending]) =>
            ({ name, numPending, numAckPending }) as ConsumerState,
        ),
      ),
  } as Partial<StreamAdmin> as StreamAdmin;
}

async function textFor(triggers: readonly Trigger[], admin: StreamAdmin) {
  return undeliveredText(await undeliveredEvents(broker, triggers, admin));
}

const own = (name: string) => consumerFamilyOf(`uid-${name}`);

describe('what a Broker owes', () => {
  it.each<[string, string | undefined, readonly Trigger[], Consumers]>([
    ['no stream', undefined, [trigger('a')], {}],
    ['idle Triggers', undefined, [trigger('a')], { [streamName('b')]: [[own('a'), 0, 0]] }],
    [
      'pending and open events',
      '5 deliveries of team/a, team/c',
      [trigger('a'), trigger('c')],
      {
        [streamName('b')]: [
          [own('a'), 2, 1],
          [own('c'), 0, 2],
        ],
      },
    ],
    [
      'events for Triggers that are gone, and for strangers',
      undefined,
      [],
      {
        [streamName('b')]: [
          [own('gone'), 4, 0],
          ['debugging', 4, 0],
        ],
      },
    ],
    [
      'events that wait for a retry',
      '3 deliveries of team/a',
      [trigger('a')],
      { [streamName('b')]: [[own('a'), 1, 0]], [retryStreamName('b')]: [[own('a'), 2, 0]] },
    ],
    [
      'a shared consumer',
      '4 deliveries of Triggers that share a consumer',
      [trigger('a', retryStreamName('b'))],
      { [streamName('b')]: [[groupConsumerName, 4, 0]] },
    ],
    [
      'a shared consumer that nobody shares any more',
      undefined,
      [trigger('a')],
      { [streamName('b')]: [[groupConsumerName, 4, 0]] },
    ],
  ])('with %s: %s', async (_case, expected, triggers, consumers) => {
    expect(await textFor(triggers, playedAdmin(consumers))).toBe(expected);
  });

  it('counts parked events', async () => {
    const admin = playedAdmin({ [streamName('b')]: [] }, 1);
    expect(await textFor([], admin)).toBe('1 parked event');
  });
});
