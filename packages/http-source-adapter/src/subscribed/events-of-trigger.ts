import type { SubscriptionsFilter, Trigger } from '@jetmesh/eventing-api';
import type { SubscribedEvent } from './subscribed-event.ts';

/** Attributes that an event must have, exactly, to match one way through a filter. */
type Alternative = Readonly<Record<string, string>>;

/** A filter with more ways through it than this names no single events. */
const maxAlternatives = 100;

/** The events of `application` that a Trigger names: source, type and, if it says so, the version. */
export function eventsOfTrigger(application: string, { spec }: Trigger): SubscribedEvent[] {
  const alternatives =
    spec.filters !== undefined && spec.filters.length > 0
      ? alternativesOfAll(spec.filters)
      : [spec.filter?.attributes ?? {}];
  return alternatives.flatMap(({ source, type = '', eventtypeversion: version = '' }) =>
    source === application && type !== '' ? [{ name: type, version }] : [],
  );
}

function alternativesOf(filter: SubscriptionsFilter): readonly Alternative[] {
  if (filter.exact !== undefined) return [filter.exact];
  if (filter.all !== undefined) return alternativesOfAll(filter.all);
  if (filter.any !== undefined) return filter.any.flatMap(alternativesOf).slice(0, maxAlternatives);
  return [{}];
}

/** Every way through all filters at once; ways that contradict each other are left out. */
function alternativesOfAll(filters: readonly SubscriptionsFilter[]): readonly Alternative[] {
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
