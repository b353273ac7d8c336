import { jetmeshAnnotations, objectKey, triggerKind, type Trigger } from '@jetmesh/eventing-api';
import { MessagePuller, type JetStreamConnection, type MessagePull } from '@jetmesh/jetstream';
import { Reflector, type KubeClient } from '@jetmesh/kube-controller';
import { silentLogger } from '../../support/silent-logger.ts';

export interface Delivery {
  readonly trigger: string;
  readonly consumer: string;
  readonly subject: string;
  readonly text: string;
}

/** Pulls for every Trigger whose status says so, as the dispatcher does, and acknowledges all it gets. */
export class StandInDispatcher {
  readonly deliveries: Delivery[] = [];
  readonly #puller: MessagePuller;
  readonly #pulls = new Map<string, { place: string; pull: MessagePull }>();
  readonly #watching = new AbortController();
  /** While true nothing is acknowledged. */
  isHolding = false;

  constructor(client: KubeClient, connection: JetStreamConnection) {
    this.#puller = new MessagePuller(connection);
    const triggers = new Reflector<Trigger>({ client, kind: triggerKind, logger: silentLogger });
    triggers.subscribe(({ kind, object }) => {
      this.#apply(objectKey(object.metadata), kind === 'deleted' ? undefined : object);
    });
    triggers.start(this.#watching.signal);
  }

  async stop(): Promise<void> {
    this.#watching.abort();
    await this.#puller.close();
  }

  #apply(trigger: string, object: Trigger | undefined): void {
    const { annotations = {}, subscriberUri } = object?.status ?? {};
    const stream = annotations[jetmeshAnnotations.stream];
    const consumer = annotations[jetmeshAnnotations.consumer];
    const isServed = stream !== undefined && consumer !== undefined && subscriberUri !== undefined;
    const place = isServed ? `${stream} ${consumer}` : '';
    const running = this.#pulls.get(trigger);
    if (running?.place === place) return;
    void running?.pull.stop();
    this.#pulls.delete(trigger);
    if (isServed) this.#pulls.set(trigger, { place, pull: this.#open(trigger, stream, consumer) });
  }

  #open(trigger: string, stream: string, consumer: string): MessagePull {
    return this.#puller.open({
      stream,
      consumer,
      maxUnsettled: 100,
      maxUnsettledBytes: 1_000_000,
      onMessage: (message) => {
        const { subject, data } = message;
        this.deliveries.push({ trigger, consumer, subject, text: data.toString() });
        if (!this.isHolding) message.ack();
      },
    });
  }
}
