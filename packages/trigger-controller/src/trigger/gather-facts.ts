import {
  deliveryOfBroker,
  isJetmeshBroker,
  objectKey,
  type Broker,
  type ConditionFinding,
  type Trigger,
} from '@jetmesh/eventing-api';
import type { ObjectLookup } from '../cluster/object-reference.ts';
import { resolveDestination } from '../destination/resolve-destination.ts';
import { dependencyFinding, dependencyOf, malformedDependencyFinding } from './dependency.ts';
import { brokerNamedBy } from './trigger-broker.ts';
import type { BrokerOfTrigger, DeadLetterSinkOfTrigger, TriggerFacts } from './trigger-facts.ts';

export interface TriggerSurroundings {
  readonly objects: ObjectLookup;
  readonly brokerAt: (key: string) => Broker | undefined;
  /** Whether `brokerRef` may name a Broker of another Namespace. */
  readonly allowsElsewhere: boolean;
}

/** Observes everything that a Trigger depends on; undefined for a Trigger of a Broker that is not Jetmesh's. */
export async function gatherFacts(
  trigger: Trigger,
  { objects, brokerAt, allowsElsewhere }: TriggerSurroundings,
): Promise<TriggerFacts | undefined> {
  const found = brokerOfTrigger(trigger, { brokerAt, allowsElsewhere });
  if (found.kind === 'found' && !isJetmeshBroker(found.broker)) return undefined;
  const namespace = trigger.metadata.namespace ?? '';
  return {
    broker: found,
    subscriber: await resolveDestination(trigger.spec.subscriber, namespace, objects),
    deadLetterSink: await deadLetterSinkOf(trigger, found, objects),
    dependency: await dependencyOfTrigger(trigger, objects),
  };
}

function brokerOfTrigger(
  trigger: Trigger,
  { brokerAt, allowsElsewhere }: Omit<TriggerSurroundings, 'objects'>,
): BrokerOfTrigger {
  const named = brokerNamedBy(trigger);
  const { namespace, isElsewhere } = named;
  if (isElsewhere && !allowsElsewhere) return { kind: 'elsewhere', namespace };
  const broker = brokerAt(objectKey(named));
  return broker === undefined ? { kind: 'missing', name: named.name } : { kind: 'found', broker };
}

/** Delivery options are not merged: a Trigger that sets any has no sink but its own. */
async function deadLetterSinkOf(
  trigger: Trigger,
  found: BrokerOfTrigger,
  objects: ObjectLookup,
): Promise<DeadLetterSinkOfTrigger> {
  const { delivery } = trigger.spec;
  if (delivery?.deadLetterSink !== undefined) {
    const namespace = trigger.metadata.namespace ?? '';
    const resolution = await resolveDestination(delivery.deadLetterSink, namespace, objects);
    return { kind: 'configured', resolution };
  }
  const setsAnyOption = Object.keys(delivery ?? {}).length > 0;
  if (setsAnyOption || found.kind !== 'found') return { kind: 'none' };
  return deadLetterSinkOfBroker(found.broker);
}

function deadLetterSinkOfBroker(broker: Broker): DeadLetterSinkOfTrigger {
  if (deliveryOfBroker(broker)?.deadLetterSink === undefined) return { kind: 'none' };
  const { deadLetterSinkUri, deadLetterSinkCACerts, deadLetterSinkAudience } = broker.status ?? {};
  if (deadLetterSinkUri === undefined) {
    return { kind: 'broker-unresolved', broker: broker.metadata.name };
  }
  return {
    kind: 'configured',
    resolution: {
      kind: 'resolved',
      uri: deadLetterSinkUri,
      ...(deadLetterSinkCACerts === undefined ? {} : { CACerts: deadLetterSinkCACerts }),
      ...(deadLetterSinkAudience === undefined ? {} : { audience: deadLetterSinkAudience }),
    },
  };
}

async function dependencyOfTrigger(
  trigger: Trigger,
  objects: ObjectLookup,
): Promise<ConditionFinding> {
  const dependency = dependencyOf(trigger);
  switch (dependency.kind) {
    case 'none':
      return { status: 'True' };
    case 'malformed':
      return malformedDependencyFinding(dependency.message);
    case 'reference':
      return dependencyFinding(await objects.find(dependency.reference));
  }
}
