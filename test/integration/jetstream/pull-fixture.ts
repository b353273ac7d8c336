import {
  MessagePuller,
  type MessagePull,
  type PullSettings,
  type StreamMessage,
} from '@jetmesh/jetstream';
import { text, type JetStreamFixture, type TestConsumer } from './jetstream-fixture.ts';

/** A pull that remembers what it got; by default it acknowledges at once. */
export interface RecordedPull {
  readonly pull: MessagePull;
  readonly puller: MessagePuller;
  readonly received: StreamMessage[];
  /** Payloads in the order of arrival. */
  readonly texts: () => string[];
  readonly missingCount: () => number;
}

export function aPull(
  fixture: JetStreamFixture,
  consumer: TestConsumer,
  options: Partial<PullSettings> & {
    readonly puller?: MessagePuller;
    readonly pullerOptions?: ConstructorParameters<typeof MessagePuller>[1];
  } = {},
): RecordedPull {
  const { puller = new MessagePuller(fixture.connection, options.pullerOptions) } = options;
  const received: StreamMessage[] = [];
  let missingCount = 0;
  const pull = puller.open({
    stream: consumer.stream,
    consumer: consumer.consumer,
    maxUnsettled: options.maxUnsettled ?? 100,
    maxUnsettledBytes: options.maxUnsettledBytes ?? 8 * 1024 ** 2,
    onMessage(message) {
      received.push(message);
      if (options.onMessage === undefined) message.ack();
      else options.onMessage(message);
    },
    onConsumerMissing: () => missingCount++,
  });
  return {
    pull,
    puller,
    received,
    texts: () => received.map(text),
    missingCount: () => missingCount,
  };
}

/** Leaves a message unsettled. */
export function hold(): void {
  // Nothing: the test settles it.
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
