import type { StreamMessage } from './stream-message.ts';

export interface PullSettings {
  readonly stream: string;
  readonly consumer: string;
  /** Messages handed over and not settled, at most. */
  readonly maxUnsettled: number;
  readonly maxUnsettledBytes: number;
  /** Called in the turn in which the message arrives; must not throw. */
  onMessage(message: StreamMessage): void;
  /** The consumer (or its stream) is not there: called once, until it has been seen again. */
  onConsumerMissing?(): void;
}

export interface MessagePull {
  readonly unsettledCount: number;
  setMaxUnsettled(count: number): void;
  /** Has messages up to that sequence which went back with a delay come again at once, as far as they are remembered. */
  recallDelayed(upToSequence: number): void;
  /** Takes back what was asked for and asks for no more; what is on its way is still handed over. */
  pause(): void;
  resume(): void;
  /**
   * No message is handed over from now on: pulls are cancelled, what still arrives goes back at once.
   * Resolves when everything handed over before is settled; a caller with a deadline then uses `nakUnsettled`.
   */
  stop(): Promise<void>;
  /** Gives back everything unsettled; a later settlement of those messages is ignored. */
  nakUnsettled(): void;
}
