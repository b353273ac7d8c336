import {
  annotationMessage,
  brokerOptionsOf,
  jetmeshAnnotations,
  livingConditions,
  type Broker,
  type BrokerStatus,
  type ConditionFinding,
  type DeliverySpec,
} from '@jetmesh/eventing-api';
import { deadLetterSinkFields, deadLetterSinkFinding } from '../destination/dead-letter-sink.ts';
import type { Resolution } from '../destination/resolve-destination.ts';

/** What a reconcile found out about a Broker. */
export interface BrokerFacts {
  readonly url: string;
  readonly stream: StreamFinding;
  /** Undefined: none is configured. */
  readonly deadLetterSink: Resolution | undefined;
  /** Delivery options that the Broker's spec does not say. */
  readonly defaultDelivery: DeliverySpec | undefined;
  readonly ingress: ConditionFinding;
  readonly dispatcher: ConditionFinding;
}

/** Whether the Broker's streams are as they should be; `finding` becomes `TriggerChannelReady`. */
export interface StreamFinding {
  /** Undefined: there was never one. */
  readonly stream: string | undefined;
  /** Triggers of the Broker share a consumer on it, or did: it has to be emptied for as long as the Broker lives. */
  readonly isShared: boolean;
  readonly finding: ConditionFinding;
}

const policiesFinding: ConditionFinding = {
  status: 'True',
  reason: 'OIDCDisabled',
  message: 'Feature "authentication-oidc" must be enabled to support Authorization',
};

/** The whole status of a Broker: nothing of the previous one survives but the times of unchanged conditions. */
export function brokerStatus(broker: Broker, facts: BrokerFacts, now: Date): BrokerStatus {
  const { url, stream, deadLetterSink, ingress, dispatcher } = facts;
  const findings = {
    IngressReady: ingressFinding(broker, ingress),
    TriggerChannelReady: stream.finding,
    FilterReady: dispatcher,
    Addressable: { status: 'True' },
    DeadLetterSinkResolved: deadLetterSinkFinding(deadLetterSink),
    EventPoliciesReady: policiesFinding,
  } as const satisfies Record<string, ConditionFinding>;
  const address = { name: 'http', url };
  return {
    ...(broker.metadata.generation === undefined
      ? {}
      : { observedGeneration: broker.metadata.generation }),
    conditions: livingConditions(findings, broker.status?.conditions ?? [], now),
    address,
    addresses: [address],
    ...deadLetterSinkFields(deadLetterSink),
    ...annotations(facts),
  };
}

function annotations({ stream, defaultDelivery }: BrokerFacts): Pick<BrokerStatus, 'annotations'> {
  const values = {
    ...(stream.stream === undefined ? {} : { [jetmeshAnnotations.stream]: stream.stream }),
    ...(stream.stream === undefined || !stream.isShared
      ? {}
      : { [jetmeshAnnotations.sharedStream]: stream.stream }),
    ...(defaultDelivery === undefined
      ? {}
      : { [jetmeshAnnotations.defaultDelivery]: JSON.stringify(defaultDelivery) }),
  };
  return Object.keys(values).length === 0 ? {} : { annotations: values };
}

/** The ingress takes events without what a wrong annotation asks for; whoever wrote it must not rely on that. */
function ingressFinding({ metadata }: Broker, health: ConditionFinding): ConditionFinding {
  const { problems } = brokerOptionsOf(metadata.annotations);
  if (problems.length === 0) return health;
  return { status: 'False', reason: 'InvalidAnnotation', message: annotationMessage(problems) };
}
