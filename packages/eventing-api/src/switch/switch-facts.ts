import type { Broker } from '../broker/broker.ts';
import type { EventActivation } from '../event-activation/event-activation.ts';
import type { HttpSource } from '../http-source/http-source.ts';
import type { Subscription } from '../subscription/subscription.ts';
import type { Trigger } from '../trigger/trigger.ts';

/** All that a plan is made of, from every Namespace. */
export interface SwitchFacts {
  readonly httpSources: readonly HttpSource[];
  readonly subscriptions: readonly Subscription[];
  readonly activations: readonly EventActivation[];
  readonly triggers: readonly Trigger[];
  readonly brokers: readonly Broker[];
  /** Key of the Broker that is the bus. */
  readonly busBroker: string;
}
