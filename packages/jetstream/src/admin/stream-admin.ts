import type { ConsumerConfig } from '../topology/consumer-config.ts';
import type { StreamConfig } from '../topology/stream-config.ts';
import type { EnsureResult } from './ensure-result.ts';
import type { ConsumerState, StoredMessage, StreamState, StreamSummary } from './stream-state.ts';

/** JetStream's API for Jetmesh. Every call has a deadline and fails with `JetStreamAdminError`. */
export interface StreamAdmin {
  ensureStream(config: StreamConfig): Promise<EnsureResult>;
  /**
   * Creates the consumer, or changes one that exists without moving its position. One that replaces another of the
   * same Trigger (its name changed with its filter) starts where that one is, so no event falls between the two.
   * A filter changed in place (nats-server 2.10) also finds older events after the position, if the stream keeps them.
   */
  ensureConsumer(stream: string, config: ConsumerConfig): Promise<EnsureResult>;
  streamState(stream: string): Promise<StreamState | undefined>;
  consumerState(stream: string, consumer: string): Promise<ConsumerState | undefined>;
  listConsumers(stream: string): Promise<ConsumerState[]>;
  /** The streams of Jetmesh; others are nobody's business here. */
  listStreams(): Promise<StreamSummary[]>;
  /** False when there is none. */
  deleteConsumer(stream: string, consumer: string): Promise<boolean>;
  /** False when there is none. */
  deleteStream(stream: string): Promise<boolean>;
  /** Removes every message up to and including `sequence`; returns how many. */
  purgeUpTo(stream: string, sequence: number): Promise<number>;
  /** How many messages each subject has. */
  countBySubject(stream: string): Promise<ReadonlyMap<string, number>>;
  /** The oldest message of a subject, wildcards allowed, from that sequence on. */
  readOldest(
    stream: string,
    subject: string,
    fromSequence?: number,
  ): Promise<StoredMessage | undefined>;
  /** Removes every message of one subject; returns how many. */
  purgeSubject(stream: string, subject: string): Promise<number>;
  readMessage(stream: string, sequence: number): Promise<StoredMessage | undefined>;
  /** False when there is none. */
  deleteMessage(stream: string, sequence: number): Promise<boolean>;
}
