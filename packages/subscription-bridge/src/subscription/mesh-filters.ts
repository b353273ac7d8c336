import type { SubscriptionsFilter } from '@jetmesh/eventing-api';

/**
 * Matches an event by the alias that the adapter gave it, or, when it came straight to the Broker and has none, by its
 * plain attributes. An event with aliases is never judged by the others: it would match two filters of one Subscription.
 */
export function meshFilters(
  alias: Readonly<Record<string, string>>,
  plain: readonly SubscriptionsFilter[],
): SubscriptionsFilter[] {
  const withoutAlias = { all: [absent('kymasubject'), absent('kymaexactsubject'), anyOf(plain)] };
  return [{ any: [{ exact: { ...alias } }, withoutAlias] }];
}

/**
 * A type ends in its version, or, as on Knative's mesh, the version is an attribute of its own. Of one event exactly
 * one type is true: `type` alone without the attribute or when it ends in it, else both together.
 */
export function versionedTypeFilters(source: string, type: string): SubscriptionsFilter[] {
  const lastDot = type.lastIndexOf('.');
  const eventtypeversion = type.slice(lastDot + 1);
  const shortType = type.slice(0, lastDot);
  const agreeing = anyOf([absent('eventtypeversion'), { exact: { eventtypeversion } }]);
  const whole = { all: [{ exact: { source, type } }, agreeing] };
  if (shortType.endsWith(`.${eventtypeversion}`)) return [whole];
  return [whole, { exact: { source, type: shortType, eventtypeversion } }];
}

function anyOf(filters: readonly SubscriptionsFilter[]): SubscriptionsFilter {
  const [only] = filters;
  return filters.length === 1 && only !== undefined ? only : { any: [...filters] };
}

/** The other dialects have no word for it. */
function absent(attribute: string): SubscriptionsFilter {
  return { cesql: `NOT EXISTS ${attribute}` };
}
