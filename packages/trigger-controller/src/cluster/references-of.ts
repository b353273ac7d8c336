import type { Destination, KubernetesObject, Trigger } from '@jetmesh/eventing-api';
import { referencedObject } from '../destination/resolve-destination.ts';
import { dependencyOf } from '../trigger/dependency.ts';
import { referenceKey } from './object-reference.ts';

/** Reference keys of the objects whose change may change a Trigger's status; its Broker is another matter. */
export function referencesOfTrigger(trigger: Trigger): string[] {
  const { subscriber, delivery } = trigger.spec;
  const dependency = dependencyOf(trigger);
  return [
    ...destinationKeys(trigger, subscriber),
    ...destinationKeys(trigger, delivery?.deadLetterSink),
    ...(dependency.kind === 'reference' ? [referenceKey(dependency.reference)] : []),
  ];
}

/** Reference keys that a destination of `owner` leads through. */
export function destinationKeys(
  owner: KubernetesObject,
  destination: Destination | undefined,
): string[] {
  if (destination?.ref === undefined) return [];
  const reference = referencedObject(destination.ref, owner.metadata.namespace ?? '');
  return reference === undefined ? [] : [referenceKey(reference)];
}
