import type { Trigger, TriggerSpec } from '@jetmesh/eventing-api';
import type { SubscribedEvent } from './subscribed-event.ts';

/** Attributes that an event must have, exactly, to match one way through a filter. */
type Alternative = Readonly<Record<string, unknown>>;

/** A filter with more ways through it than this names no single events. */
const maxAlternatives = 100;

/**
 * The events of `application` that a Trigger names: source, type and, if it says so, the version. Nothing in its spec
 * is taken for granted: definitions of other installations let more pass.
 */
export function eventsOfTrigger(application: string, trigger: Trigger): SubscribedEvent[] {
  const { filter, filters } = (trigger.spec as Partial<TriggerSpec> | undefined) ?? {};
  const hasFilters = Array.isArray(filters) && filters.length > 0;
  const alternatives = hasFilters ? alternativesOfAll(filters) : [recordOf(filter?.attributes)];
  return alternatives.flatMap(({ source, type, eventtypeversion: version }) => {
    if (source !== application || typeof type !== 'string' || type === '') return [];
    return [{ name: type, version: typeof version === 'string' ? version : '' }];
  });
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
