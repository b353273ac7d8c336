import type { Broker, KubernetesObject, Trigger } from '@jetmesh/eventing-api';
import { objectKey } from '@jetmesh/eventing-api';
import type { ObjectStore, Reflector } from '@jetmesh/kube-controller';
import { brokerKeyOf } from './desired-subscription.ts';

export interface TriggerWatchOptions {
  readonly triggers: Pick<Reflector<Trigger>, 'store' | 'subscribe'>;
  readonly brokers: Pick<Reflector<Broker>, 'store' | 'subscribe'>;
  /** Called for each Trigger that changed, or whose Broker did; undefined for what does not exist. */
  readonly onChange: (
    key: string,
    trigger: Trigger | undefined,
    broker: Broker | undefined,
  ) => void;
  /** Called when every change that came before has been looked at. */
  readonly onLooked: () => void;
}

const byBroker = 'broker';

/**
 * Turns changes of Triggers and Brokers into Triggers to look at again, each once for a burst of changes. It says
 * nothing before `open`: with one of the two unknown, everything would look unwanted.
 */
export class TriggerWatch {
  readonly #triggers: ObjectStore<Trigger>;
  readonly #brokers: ObjectStore<Broker>;
  readonly #onChange: TriggerWatchOptions['onChange'];
  readonly #onLooked: TriggerWatchOptions['onLooked'];
  readonly #changedKeys = new Set<string>();
  #isOpen = false;
  #isScheduled = false;

  constructor({ triggers, brokers, onChange, onLooked }: TriggerWatchOptions) {
    this.#triggers = triggers.store;
    this.#brokers = brokers.store;
    this.#onChange = onChange;
    this.#onLooked = onLooked;
    this.#triggers.addIndex(byBroker, (trigger) => [brokerKeyOf(trigger)]);
    triggers.subscribe(({ object }) => this.#mark(object));
    brokers.subscribe(({ object }) => {
      const key = objectKey(object.metadata);
      for (const trigger of this.#triggers.listBy(byBroker, key)) this.#mark(trigger);
    });
  }

  /** Both caches are synced: looks at every Trigger, and from now on at what changes. */
  open(): void {
    this.#isOpen = true;
    for (const { metadata } of this.#triggers.list()) this.#changedKeys.add(objectKey(metadata));
    this.look();
  }

  close(): void {
    this.#isOpen = false;
  }

  #mark(trigger: KubernetesObject): void {
    this.#changedKeys.add(objectKey(trigger.metadata));
    if (this.#isScheduled || !this.#isOpen) return;
    this.#isScheduled = true;
    setImmediate(() => this.look());
  }

  /** Looks at what has changed so far, now. */
  look(): void {
    this.#isScheduled = false;
    const keys = [...this.#changedKeys];
    this.#changedKeys.clear();
    if (!this.#isOpen) return;
    for (const key of keys) {
      const trigger = this.#triggers.get(key);
      const broker = trigger && this.#brokers.get(brokerKeyOf(trigger));
      this.#onChange(key, trigger, broker);
    }
    this.#onLooked();
  }
}
