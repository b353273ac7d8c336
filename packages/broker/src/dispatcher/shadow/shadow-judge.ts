import { compileFilters, type CompiledFilter } from '@jetmesh/event-filter';
import { objectKey, type Broker, type Trigger } from '@jetmesh/eventing-api';
import { brokerKey } from '@jetmesh/jetstream';
import type { ObjectStore, Reflector } from '@jetmesh/kube-controller';
import { brokerKeyOf, desiredSubscription } from '../desired-subscription.ts';
import type { DeliveryDefaults } from '../delivery-plan.ts';

export interface ShadowJudgeOptions {
  readonly triggers: ObjectStore<Trigger>;
  readonly brokers: Pick<Reflector<Broker>, 'subscribe'>;
  readonly defaults: DeliveryDefaults;
}

interface Verdict {
  readonly broker: Broker;
  /** Undefined: nothing runs for this Trigger, so nothing would be delivered. */
  readonly filter: CompiledFilter | undefined;
}

const index = 'shadow';

/** Says for which Triggers an event would be, by the very filters and conditions that deliveries go by. */
export class ShadowJudge {
  readonly #options: ShadowJudgeOptions;
  readonly #brokerByToken = new Map<string, Broker>();
  /** Objects of the store are replaced when they change, so an old verdict is never found. */
  readonly #verdicts = new WeakMap<Trigger, Verdict>();

  constructor(options: ShadowJudgeOptions) {
    this.#options = options;
    options.triggers.addIndex(index, (trigger) => [brokerKeyOf(trigger)]);
    options.brokers.subscribe(({ kind, object }) => {
      const token = brokerKey(object.metadata.uid ?? '');
      if (kind === 'deleted') this.#brokerByToken.delete(token);
      else this.#brokerByToken.set(token, object);
    });
  }

  /** Undefined when the Broker is not known. */
  judge(
    brokerToken: string,
    attributes: ReadonlyMap<string, string>,
  ): { readonly broker: string; readonly triggers: readonly string[] } | undefined {
    const broker = this.#brokerByToken.get(brokerToken);
    if (broker === undefined) return undefined;
    const key = objectKey(broker.metadata);
    const wanted = this.#options.triggers
      .listBy(index, key)
      .filter((trigger) => this.#filterOf(trigger, broker)?.matches(attributes) === true);
    return { broker: key, triggers: wanted.map(({ metadata }) => objectKey(metadata)) };
  }

  #filterOf(trigger: Trigger, broker: Broker): CompiledFilter | undefined {
    const known = this.#verdicts.get(trigger);
    if (known?.broker === broker) return known.filter;
    const desired = desiredSubscription(trigger, broker, this.#options.defaults);
    const compiled = desired === undefined ? undefined : compileFilters(desired.filterSpec);
    const filter = compiled?.kind === 'compiled' ? compiled.filter : undefined;
    this.#verdicts.set(trigger, { broker, filter });
    return filter;
  }
}
