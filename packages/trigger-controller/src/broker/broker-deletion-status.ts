import {
  conditionOf,
  livingConditions,
  type Broker,
  type BrokerStatus,
  type ConditionFinding,
} from '@jetmesh/eventing-api';
import { findingOf } from '../finding-of.ts';
import type { DeletionPlan } from './deletion-plan.ts';

const unaffected = ['FilterReady', 'Addressable', 'DeadLetterSinkResolved', 'EventPoliciesReady'];

/** The status of a Broker that is being deleted: why it is still there. Its streams and dispatchers work on. */
export function brokerDeletionStatus(
  broker: Broker,
  plan: Exclude<DeletionPlan, { kind: 'remove' }>,
  now: Date,
): BrokerStatus {
  const findings: Record<string, ConditionFinding> = {
    TriggerChannelReady: channelFinding(plan),
    IngressReady: {
      status: 'False',
      reason: 'BrokerDeleted',
      message: 'The Broker is being deleted and takes no new event.',
    },
  };
  for (const type of unaffected) {
    const condition = conditionOf(broker, type);
    if (condition !== undefined) findings[type] = findingOf(condition);
  }
  const { generation } = broker.metadata;
  return {
    ...broker.status,
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    conditions: livingConditions(findings, broker.status?.conditions ?? [], now),
  };
}

function channelFinding(plan: Exclude<DeletionPlan, { kind: 'remove' }>): ConditionFinding {
  switch (plan.kind) {
    case 'settle':
      return {
        status: 'False',
        reason: 'BrokerDeleted',
        message: 'The Broker goes once its senders know of its deletion.',
      };
    case 'wait':
      return {
        status: 'False',
        reason: 'UndeliveredEvents',
        message: `The deletion waits for ${plan.undelivered}. Annotate the Broker with jetmesh.dev/force-delete=true to give them up.`,
      };
  }
}
