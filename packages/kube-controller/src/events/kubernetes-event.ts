import type { KubernetesObject } from '@jetmesh/eventing-api';

export interface RecordedEvent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** A core/v1 Event. */
export interface KubernetesEvent extends KubernetesObject {
  involvedObject: object;
  reason: string;
  message: string;
  type: string;
  source: { component: string };
  firstTimestamp: string;
  lastTimestamp: string;
  count: number;
  reportingComponent: string;
  reportingInstance: string;
}

export interface EventOccurrence {
  readonly component: string;
  /** Makes the Event's name unique. */
  readonly suffix: string;
  readonly count: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

const longestNameLength = 253;

/** The Event that says what happened to `object`; about one without a Namespace it lives in `default`. */
export function kubernetesEvent(
  object: KubernetesObject,
  { type, reason, message }: RecordedEvent,
  { component, suffix, count, firstAt, lastAt }: EventOccurrence,
): KubernetesEvent {
  const { name, namespace, uid, resourceVersion } = object.metadata;
  const prefix = name.slice(0, longestNameLength - suffix.length - 1).replace(/[.-]+$/, '');
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${prefix}.${suffix}`, namespace: namespace ?? 'default' },
    involvedObject: {
      apiVersion: object.apiVersion,
      kind: object.kind,
      name,
      namespace,
      uid,
      resourceVersion,
    },
    type,
    reason,
    message,
    source: { component },
    reportingComponent: component,
    reportingInstance: '',
    firstTimestamp: eventTime(firstAt),
    lastTimestamp: eventTime(lastAt),
    count,
  };
}

/** Time of the Kubernetes API: whole seconds. */
export function eventTime(time: Date): string {
  return time.toISOString().replace(/\.\d+Z/, 'Z');
}
