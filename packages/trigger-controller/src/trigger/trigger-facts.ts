import type { Broker, ConditionFinding } from '@jetmesh/eventing-api';
import type { Resolution } from '../destination/resolve-destination.ts';
import type { ConsumerPlace } from './consumer-place.ts';

/** What a reconcile found out about a Trigger before it looks at JetStream. */
export interface TriggerFacts {
  readonly broker: BrokerOfTrigger;
  readonly subscriber: Resolution;
  readonly deadLetterSink: DeadLetterSinkOfTrigger;
  readonly dependency: ConditionFinding;
}

export type BrokerOfTrigger =
  | { readonly kind: 'found'; readonly broker: Broker }
  | { readonly kind: 'missing'; readonly name: string }
  | { readonly kind: 'elsewhere'; readonly namespace: string };

/** The Trigger's own sink goes first; the Broker's counts only for a Trigger without delivery options. */
export type DeadLetterSinkOfTrigger =
  | { readonly kind: 'configured'; readonly resolution: Resolution }
  | { readonly kind: 'none' }
  | { readonly kind: 'broker-unresolved'; readonly broker: string };

/** How far the durable consumer is; `finding` becomes `SubscriptionReady`. */
export interface SubscriptionFinding {
  readonly finding: ConditionFinding;
  /** What the dispatcher should pull from; undefined: nothing yet. */
  readonly consumer: ConsumerPlace | undefined;
  /** What others have to say in `status.annotations`: of dead letters and of the backlog. */
  readonly notes?: Readonly<Record<string, string>>;
  /** The drain that is done, by the text that asked for it. */
  readonly drained?: string;
}
