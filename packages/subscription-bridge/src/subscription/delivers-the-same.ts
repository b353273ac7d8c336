import type { SubscriptionsFilter, Trigger } from '@jetmesh/eventing-api';

/** Whether `candidate` already sends every event that `wanted` would send, and no other, to the same subscriber. */
export function deliversTheSame(candidate: Trigger, wanted: Trigger): boolean {
  return (
    candidate.metadata.namespace === wanted.metadata.namespace &&
    brokerOf(candidate) === brokerOf(wanted) &&
    isSameAddress(candidate.status?.subscriberUri, wanted.spec.subscriber.uri) &&
    wholeFilter(candidate) === wholeFilter(wanted)
  );
}

function brokerOf(trigger: Trigger): string | undefined {
  return trigger.spec.broker ?? trigger.spec.brokerRef?.name;
}

/** `http://a`, `http://a/` and `http://a:80` are one address. */
function isSameAddress(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return URL.canParse(one) && URL.canParse(other) && new URL(one).href === new URL(other).href;
}

/** `filters` replaces `filter`, as in Knative; equal text means equal meaning, not the other way round. */
function wholeFilter(trigger: Trigger): string {
  const { filter, filters = [] } = trigger.spec;
  if (filters.length > 0) return canonical({ all: filters });
  const attributes = Object.entries(filter?.attributes ?? {});
  const named = attributes.filter(([, value]) => value !== '');
  const present = attributes.filter(([, value]) => value === '').map(([name]) => name);
  if (present.length > 0)
    return JSON.stringify([sorted(Object.fromEntries(named)), present.sort()]);
  return canonical({ exact: Object.fromEntries(named) });
}

function canonical(filter: SubscriptionsFilter): string {
  const conditions = [...new Set(conjuncts(filter))].sort();
  return conditions.length === 1 ? (conditions[0] ?? '') : `all[${conditions.join()}]`;
}

/** What must all hold: nested `all`s and attributes named together come apart. */
function conjuncts(filter: SubscriptionsFilter): string[] {
  if (filter.all !== undefined) return filter.all.flatMap(conjuncts);
  if (filter.exact !== undefined) return attributeConditions('exact', filter.exact);
  if (filter.prefix !== undefined) return attributeConditions('prefix', filter.prefix);
  if (filter.suffix !== undefined) return attributeConditions('suffix', filter.suffix);
  if (filter.not !== undefined) return [`not(${canonical(filter.not)})`];
  if (filter.any !== undefined) return [anyOf(filter.any)];
  return [`cesql(${filter.cesql ?? ''})`];
}

function anyOf(filters: readonly SubscriptionsFilter[]): string {
  const alternatives = [...new Set(filters.map(canonical))].sort();
  return alternatives.length === 1 ? (alternatives[0] ?? '') : `any[${alternatives.join()}]`;
}

function attributeConditions(dialect: string, attributes: Record<string, string>): string[] {
  return Object.entries(attributes).map((entry) => `${dialect}${JSON.stringify(entry)}`);
}

function sorted(record: Record<string, string>): [string, string][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
