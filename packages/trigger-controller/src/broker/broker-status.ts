import {
  annotationMessage,
  brokerOptionsOf,
  jetmeshAnnotations,
  livingConditions,
  type Broker,
  type BrokerStatus,
  type ConditionFinding,
} from '@jetmesh/eventing-api';
import { deadLetterSinkFields, deadLetterSinkFinding } from '../destination/dead-letter-sink.ts';
import type { Resolution } from '../destination/resolve-destination.ts';

/** What a reconcile found out about a Broker. */
export interface BrokerFacts {
  readonly url: string;
  readonly stream: StreamFinding;
  /** Undefined: none is configured. */
  readonly deadLetterSink: Resolution | undefined;
}

/** Whether the Broker's streams are as they should be; `finding` becomes `TriggerChannelReady`. */
export interface StreamFinding {
  /** Undefined: there was never one. */
  readonly stream: string | undefined;
  readonly finding: ConditionFinding;
}

const policiesFinding: ConditionFinding = {
  status: 'True',
  reason: 'OIDCDisabled',
  message: 'Feature "authentication-oidc" must be enabled to support Authorization',
};

/** The whole status of a Broker: nothing of the previous one survives but the times of unchanged conditions. */
export function brokerStatus(broker: Broker, facts: BrokerFacts, now: Date): BrokerStatus {
  const { url, stream, deadLetterSink } = facts;
  const findings = {
    IngressReady: ingressFinding(broker),
    TriggerChannelReady: stream.finding,
    FilterReady: { status: 'True' },
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
    ...(stream.stream === undefined
      ? {}
      : { annotations: { [jetmeshAnnotations.stream]: stream.stream } }),
  };
}

/** The ingress takes events without what a wrong annotation asks for; whoever wrote it must not rely on that. */
function ingressFinding({ metadata }: Broker): ConditionFinding {
  const { problems } = brokerOptionsOf(metadata.annotations);
  if (problems.length === 0) return { status: 'True' };
  return { status: 'False', reason: 'InvalidAnnotation', message: annotationMessage(problems) };
}
