import {
  cleanEventType,
  cleanPrefixedType,
  standardSubject,
  type DeliveryProfile,
  type TriggerSpec,
  type TypeNameOf,
} from '@jetmesh/eventing-api';
import type { OldSpec } from './read-old-spec.ts';
import type { V1alpha1Spec } from './read-v1alpha1-spec.ts';
import type { V1alpha2Spec } from './read-v1alpha2-spec.ts';
import type { Recognised } from './recognise-subscription.ts';
import { meshFilters, versionedTypeFilters } from './mesh-filters.ts';

/** What a Subscription asks for, its generation forgotten. */
export interface WantedDeliveries {
  readonly subscriberUri: string;
  readonly profile: DeliveryProfile;
  readonly timeoutMs: number;
  readonly maxInFlight: number | undefined;
  readonly wantsNameHeader: boolean;
  readonly deliveries: readonly WantedDelivery[];
}

/** One filter of a Subscription: it becomes one Trigger on each path. */
export interface WantedDelivery {
  /** Its identity within the Subscription, and the subject that Kyma would have used. */
  readonly subject: string;
  /** Several, when they clean to the same subject. */
  readonly types: readonly { readonly originalType: string; readonly cleanType: string }[];
  readonly busFilter: TriggerFilter;
  readonly meshFilter: TriggerFilter;
}

export type TriggerFilter = Pick<TriggerSpec, 'filter' | 'filters'>;

const defaultTimeoutMs = 60_000;

export function wantedDeliveries(
  recognised: Exclude<Recognised, { kind: 'invalid' }>,
  typeNameOf: TypeNameOf,
): WantedDeliveries {
  switch (recognised.kind) {
    case 'old':
      return oldDeliveries(recognised.spec);
    case 'v1alpha1':
      return v1alpha1Deliveries(recognised.spec, typeNameOf);
    case 'v1alpha2':
      return v1alpha2Deliveries(recognised.spec);
  }
}

/** Documented: a time-out of 0 means a second. */
function oldDeliveries(spec: OldSpec): WantedDeliveries {
  const { source, eventType, eventTypeVersion } = spec;
  const attributes = { source, type: eventType, eventtypeversion: eventTypeVersion };
  const filter = { filter: { attributes } };
  const originalType = `${eventType}.${eventTypeVersion}`;
  return {
    subscriberUri: spec.endpoint,
    profile: 'kyma-legacy',
    timeoutMs: spec.timeoutMs === 0 ? 1000 : (spec.timeoutMs ?? defaultTimeoutMs),
    maxInFlight: spec.maxInFlight,
    wantsNameHeader: spec.wantsNameHeader,
    deliveries: [
      {
        subject: `${source}.${originalType}`,
        types: [{ originalType, cleanType: originalType }],
        busFilter: filter,
        meshFilter: filter,
      },
    ],
  };
}

/** Only types of this generation are cleaned with the Application's type name, as Kyma did on both ends. */
function v1alpha1Deliveries(spec: V1alpha1Spec, typeNameOf: TypeNameOf): WantedDeliveries {
  const cleaned = spec.types.map((originalType) => {
    const cleanType = cleanPrefixedType(originalType, typeNameOf) ?? originalType;
    return { originalType, cleanType, subject: `kyma.${cleanType}` };
  });
  const deliveries = bySubject(cleaned).map(([subject, types]) => ({
    subject,
    types: types.map(({ originalType, cleanType }) => ({ originalType, cleanType })),
    ...exactFilters(subject, types),
  }));
  return { ...kymaDefaults(spec), profile: 'kyma-exact', deliveries };
}

function v1alpha2Deliveries(spec: V1alpha2Spec): WantedDeliveries {
  return spec.typeMatching === 'exact'
    ? { ...kymaDefaults(spec), profile: 'kyma-exact', deliveries: exactDeliveries(spec) }
    : { ...kymaDefaults(spec), profile: 'kyma-standard', deliveries: standardDeliveries(spec) };
}

function exactDeliveries(spec: V1alpha2Spec): WantedDelivery[] {
  return spec.types.map((type) => {
    const types = [{ originalType: type, cleanType: type }];
    return { subject: `kyma.${type}`, types, ...exactFilters(`kyma.${type}`, types) };
  });
}

function standardDeliveries(spec: V1alpha2Spec): WantedDelivery[] {
  const cleaned = spec.types.map((originalType) => ({
    originalType,
    cleanType: cleanEventType(originalType),
    // The reader refused types that have no subject.
    subject: standardSubject(spec.source, originalType) ?? '',
  }));
  return bySubject(cleaned).map(([subject, types]) => ({
    subject,
    types: types.map(({ originalType, cleanType }) => ({ originalType, cleanType })),
    busFilter: { filters: [{ exact: { kymasubject: subject } }] },
    meshFilter: {
      filters: meshFilters(
        { kymasubject: subject },
        types.flatMap(({ originalType }) => versionedTypeFilters(spec.source, originalType)),
      ),
    },
  }));
}

function exactFilters(subject: string, types: readonly { readonly originalType: string }[]) {
  const alias = { kymaexactsubject: subject };
  const plain = types.map(({ originalType }) => ({ exact: { type: originalType } }));
  return {
    busFilter: { filters: [{ exact: alias }] },
    meshFilter: { filters: meshFilters(alias, plain) },
  };
}

function kymaDefaults(spec: { sink: string; maxInFlight: number }) {
  return {
    subscriberUri: spec.sink,
    timeoutMs: defaultTimeoutMs,
    maxInFlight: spec.maxInFlight,
    wantsNameHeader: false,
  };
}

function bySubject<T extends { readonly subject: string }>(all: readonly T[]): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(one.subject, [...(groups.get(one.subject) ?? []), one]);
  return [...groups];
}
