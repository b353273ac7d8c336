import type { SubscriptionsFilter } from '@jetmesh/eventing-api';

/**
 * Matches an event by the alias that the adapter gave it, or, when it came straight to the Broker and has none, by its
 * plain attributes. An event with aliases is never judged by the others: it would match two filters of one Subscription.
 */
export function meshFilters(
  alias: Readonly<Record<string, string>>,
  plain: readonly Readonly<Record<string, string>>[],
): SubscriptionsFilter[] {
  const forms = plain.map((attributes): SubscriptionsFilter => ({ exact: { ...attributes } }));
  const [only] = forms;
  const anyForm = forms.length === 1 && only !== undefined ? only : { any: forms };
  const withoutAlias = { all: [absent('kymasubject'), absent('kymaexactsubject'), anyForm] };
  return [{ any: [{ exact: { ...alias } }, withoutAlias] }];
}

/** Every alias begins with `kyma.`; the dialects have no word for absence. */
function absent(alias: string): SubscriptionsFilter {
  return { not: { prefix: { [alias]: 'kyma.' } } };
}
