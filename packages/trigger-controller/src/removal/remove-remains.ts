import { brokerKind, triggerKind, type ResourceKind } from '@jetmesh/eventing-api';
import type { KubeClient, ReconcileResult } from '@jetmesh/kube-controller';
import {
  deadLetterStreamName,
  retryStreamName,
  streamName,
  type StreamAdmin,
} from '@jetmesh/jetstream';
import { removeConsumer } from './remove-consumer.ts';
import { consumerFamilyOf, familyOf } from '../trigger/consumer-owner.ts';

/** An object that was deleted and may have left something in JetStream. */
export type Remains =
  | { readonly kind: 'broker'; readonly key: string; readonly uid: string }
  | {
      readonly kind: 'trigger';
      readonly key: string;
      readonly uid: string;
      readonly stream: string;
    };

/** Work queues carry text. */
export function remainsKey(remains: Remains): string {
  return JSON.stringify(remains);
}

/** Removes the streams of a deleted Broker and the consumers of a deleted Trigger, once the API says they are gone. */
export class RemainsRemover {
  readonly #client: KubeClient;
  readonly #admin: StreamAdmin;

  constructor(client: KubeClient, admin: StreamAdmin) {
    this.#client = client;
    this.#admin = admin;
  }

  async reconcile(key: string): Promise<ReconcileResult> {
    const remains = JSON.parse(key) as Remains;
    if (await this.#isGone(remains)) await this.#remove(remains);
    return { kind: 'done' };
  }

  /** A watch can be wrong about a deletion, and what is removed here does not come back. */
  async #isGone({ kind, key, uid }: Remains): Promise<boolean> {
    const resource: ResourceKind = kind === 'broker' ? brokerKind : triggerKind;
    const object = await this.#client.get(resource, key);
    return object?.metadata.uid !== uid;
  }

  async #remove(remains: Remains): Promise<void> {
    if (remains.kind === 'broker') {
      await this.#admin.deleteStream(streamName(remains.uid));
      await this.#admin.deleteStream(deadLetterStreamName(remains.uid));
      await this.#admin.deleteStream(retryStreamName(remains.uid));
      return;
    }
    if ((await this.#admin.streamState(remains.stream)) === undefined) return;
    for (const { name } of await this.#admin.listConsumers(remains.stream)) {
      if (familyOf(name) !== consumerFamilyOf(remains.uid)) continue;
      await removeConsumer(this.#admin, { stream: remains.stream, consumer: name });
    }
  }
}
