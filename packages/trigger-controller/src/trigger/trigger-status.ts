import {
  conditionOf,
  jetmeshAnnotations,
  livingConditions,
  triggerDrainAnnotations,
  type Broker,
  type ConditionFinding,
  type Trigger,
  type TriggerStatus,
} from '@jetmesh/eventing-api';
import { deadLetterSinkFields, deadLetterSinkFinding } from '../destination/dead-letter-sink.ts';
import type { Resolution } from '../destination/resolve-destination.ts';
import type {
  BrokerOfTrigger,
  DeadLetterSinkOfTrigger,
  SubscriptionFinding,
  TriggerFacts,
} from './trigger-facts.ts';

const identityFinding: ConditionFinding = {
  status: 'True',
  reason: 'authentication-oidc feature disabled',
};

/** The whole status of a Trigger: nothing of the previous one survives but the times of unchanged conditions. */
export function triggerStatus(
  trigger: Trigger,
  facts: TriggerFacts,
  subscription: SubscriptionFinding,
  now: Date,
): TriggerStatus {
  const findings = {
    BrokerReady: brokerFinding(facts.broker),
    SubscriptionReady: subscription.finding,
    DependencyReady: facts.dependency,
    SubscriberResolved: subscriberFinding(facts.subscriber),
    DeadLetterSinkResolved: sinkFinding(facts.deadLetterSink),
    OIDCIdentityCreated: identityFinding,
  };
  const { generation } = trigger.metadata;
  return {
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    conditions: livingConditions(findings, trigger.status?.conditions ?? [], now),
    ...subscriberFields(facts.subscriber),
    ...(facts.deadLetterSink.kind === 'configured'
      ? deadLetterSinkFields(facts.deadLetterSink.resolution)
      : {}),
    ...annotations(subscription),
  };
}

function brokerFinding(found: BrokerOfTrigger): ConditionFinding {
  switch (found.kind) {
    case 'missing':
      return {
        status: 'False',
        reason: 'BrokerDoesNotExist',
        message: `Broker "${found.name}" does not exist`,
      };
    case 'elsewhere':
      return {
        status: 'False',
        reason: 'CrossNamespaceBrokerRef',
        message: `must not set the field(s): spec.brokerRef.namespace, a Trigger follows a Broker of its own Namespace, not of "${found.namespace}"`,
      };
    case 'found':
      return propagatedFinding(found.broker);
  }
}

/** The Broker's own `Ready`; one that was computed for an older generation counts as not known yet. */
function propagatedFinding(broker: Broker): ConditionFinding {
  const ready = conditionOf(broker, 'Ready');
  const isCurrent = broker.status?.observedGeneration === broker.metadata.generation;
  if (ready === undefined || !isCurrent) {
    return {
      status: 'Unknown',
      reason: 'BrokerNotConfigured',
      message: 'Broker has not yet been reconciled.',
    };
  }
  if (ready.status === 'True') return { status: 'True' };
  const { status, reason = 'BrokerNotReady', message } = ready;
  return { status, reason, ...(message === undefined ? {} : { message }) };
}

function subscriberFinding(resolution: Resolution): ConditionFinding {
  return resolution.kind === 'resolved'
    ? { status: 'True' }
    : {
        status: 'False',
        reason: "Unable to get the Subscriber's URI",
        message: resolution.message,
      };
}

function sinkFinding(sink: DeadLetterSinkOfTrigger): ConditionFinding {
  switch (sink.kind) {
    case 'configured':
      return deadLetterSinkFinding(sink.resolution);
    case 'none':
      return deadLetterSinkFinding(undefined);
    case 'broker-unresolved':
      return {
        status: 'False',
        reason: `Broker ${sink.broker} didn't set status.deadLetterSinkURI`,
        message: 'The dead letter sink of the Broker is not resolved.',
      };
  }
}

/** An unresolved subscriber leaves no address behind (TL-4), so that nothing is sent to an old one. */
function subscriberFields(resolution: Resolution): Partial<TriggerStatus> {
  if (resolution.kind === 'unresolved') return {};
  const { uri, CACerts, audience } = resolution;
  return {
    subscriberUri: uri,
    ...(CACerts === undefined ? {} : { subscriberCACerts: CACerts }),
    ...(audience === undefined ? {} : { subscriberAudience: audience }),
  };
}

function annotations({ consumer, drained, notes }: SubscriptionFinding): Partial<TriggerStatus> {
  if (consumer === undefined) return {};
  return {
    annotations: {
      [jetmeshAnnotations.stream]: consumer.stream,
      [jetmeshAnnotations.consumer]: consumer.consumer,
      ...(consumer.sharedStream === undefined
        ? {}
        : { [jetmeshAnnotations.sharedStream]: consumer.sharedStream }),
      ...(drained === undefined ? {} : { [triggerDrainAnnotations.drained]: drained }),
      ...notes,
    },
  };
}
