import { livingConditions, type ConditionFinding, type EventType } from '@jetmesh/eventing-api';
import { resourceKindOf, type Lookup, type ObjectReference } from '../cluster/object-reference.ts';

/** The object where an EventType's events can be had; undefined when it names none. */
export function referenceOf({ metadata, spec }: EventType): ObjectReference | undefined {
  const { broker, reference } = spec;
  const namespace = metadata.namespace ?? '';
  if (reference !== undefined) {
    const { apiVersion = defaultApiVersion, kind, name } = reference;
    return { apiVersion, kind, name, namespace: reference.namespace ?? namespace };
  }
  if (broker === undefined || broker === '') return undefined;
  return { apiVersion: defaultApiVersion, kind: 'Broker', name: broker, namespace };
}

const defaultApiVersion = 'eventing.knative.dev/v1';

export function eventTypeStatus(
  eventType: EventType,
  reference: ObjectReference | undefined,
  lookup: Lookup | undefined,
  now: Date,
): NonNullable<EventType['status']> {
  const findings = { ReferenceExists: referenceFinding(reference, lookup) };
  const { generation } = eventType.metadata;
  return {
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    conditions: livingConditions(findings, eventType.status?.conditions ?? [], now),
  };
}

function referenceFinding(
  reference: ObjectReference | undefined,
  lookup: Lookup | undefined,
): ConditionFinding {
  if (reference === undefined || lookup === undefined) {
    const message = 'No object is named where these events can be had.';
    return { status: 'True', reason: 'ReferenceNotSet', message };
  }
  const { namespace, name } = reference;
  const { group, plural } = resourceKindOf(reference.apiVersion, reference.kind);
  const title = `${group === '' ? plural : `${plural}.${group}`} "${namespace}/${name}"`;
  switch (lookup.kind) {
    case 'found':
      return { status: 'True' };
    case 'missing':
    case 'unknown-kind':
      return { status: 'False', reason: 'ResourceDoesNotExist', message: `${title} not found` };
    case 'refused':
      return {
        status: 'Unknown',
        reason: 'ResourceGetFailed',
        message: `${title}: ${lookup.message}`,
      };
  }
}
