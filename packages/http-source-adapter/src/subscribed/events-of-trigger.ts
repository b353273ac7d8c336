import {
  jetmeshAnnotations,
  subscriptionUidOf,
  type Trigger,
  type TriggerSpec,
} from '@jetmesh/eventing-api';
import { eventsOfPrefixedTypes } from './events-of-subscription.ts';
import { splitVersion, type SubscribedEvent } from './subscribed-event.ts';

/** Attributes that an event must have, exactly, to match one way through a filter. */
type Alternative = Readonly<Record<string, unknown>>;

/** A filter with more ways through it than this names no single events. */
const maxAlternatives = 100;

/**
 * The events of `application` that a Trigger names: source, type and, if it says so, the version. For one of the
 * bridge its Subscription speaks. Nothing in its spec is taken for granted: other installations let more pass.
 */
export function eventsOfTrigger(application: string, trigger: Trigger): SubscribedEvent[] {
  if (subscriptionUidOf(trigger) !== undefined) return [];
  const { filter, filters } = (trigger.spec as Partial<TriggerSpec> | undefined) ?? {};
  const hasFilters = Array.isArray(filters) && filters.length > 0;
  const alternatives = hasFilters ? alternativesOfAll(filters) : [recordOf(filter?.attributes)];
  const isVersioned =
    trigger.metadata.annotations?.[jetmeshAnnotations.deliveryProfile] === 'kyma-standard';
  return alternatives.flatMap(({ source, type, eventtypeversion: version, kymaexactsubject }) => {
    if (typeof kymaexactsubject === 'string') {
      return eventsOfPrefixedTypes(application, [kymaexactsubject.replace(/^kyma\./, '')]);
    }
    if (source !== application || typeof type !== 'string' || type === '') return [];
    const event = { name: type, version: typeof version === 'string' ? version : '' };
    return [isVersioned ? withoutVersion(event) : event];
  });
}

/** What stayed of a v1alpha2 Subscription compares types that end in their version. */
function withoutVersion({ name, version }: SubscribedEvent): SubscribedEvent {
  if (version === '') return splitVersion(name);
  return { name: name.endsWith(`.${version}`) ? splitVersion(name).name : name, version };
}

function alternativesOf(filter: unknown): readonly Alternative[] {
  const { exact, all, any } = recordOf(filter);
  if (exact !== undefined) return [recordOf(exact)];
  if (Array.isArray(all)) return alternativesOfAll(all);
  if (Array.isArray(any)) return any.flatMap(alternativesOf).slice(0, maxAlternatives);
  return [{}];
}

/** Every way through all filters at once; ways that contradict each other are left out. */
function alternativesOfAll(filters: readonly unknown[]): readonly Alternative[] {
  let ways: readonly Alternative[] = [{}];
  for (const filter of filters) {
    const more = alternativesOf(filter);
    const joined = ways.flatMap((way) => more.flatMap((other) => join(way, other)));
    ways = joined.slice(0, maxAlternatives);
  }
  return ways;
}

function join(a: Alternative, b: Alternative): Alternative[] {
  const isContradiction = Object.entries(b).some(([name, value]) => name in a && a[name] !== value);
  return isContradiction ? [] : [{ ...a, ...b }];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
