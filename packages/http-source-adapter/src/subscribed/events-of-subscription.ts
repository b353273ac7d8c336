import { kymaTypePrefix, type Subscription } from '@jetmesh/eventing-api';
import { splitVersion, type SubscribedEvent } from './subscribed-event.ts';

/**
 * The events of `application` that a Subscription of any of the three shapes names. Nothing in its spec is taken
 * for granted: stored objects can be older than any schema.
 */
export function eventsOfSubscription(
  application: string,
  { spec = {} }: Subscription,
): SubscribedEvent[] {
  if (typeof spec.event_type === 'string') return eventsOfOldShape(application, spec);
  if (Array.isArray(spec.types)) return eventsOfTypes(application, spec);
  return eventsOfFilter(application, spec);
}

function eventsOfOldShape(application: string, spec: Record<string, unknown>): SubscribedEvent[] {
  const { source_id: source, event_type: name, event_type_version: version } = spec;
  if (source !== application || typeof name !== 'string') return [];
  return [{ name, version: typeof version === 'string' ? version : '' }];
}

function eventsOfTypes(application: string, spec: Record<string, unknown>): SubscribedEvent[] {
  const types = stringsIn(spec.types);
  if (spec.typeMatching === 'exact') return eventsOfPrefixedTypes(application, types);
  return spec.source === application ? types.map(splitVersion) : [];
}

function eventsOfFilter(application: string, spec: Record<string, unknown>): SubscribedEvent[] {
  const filters = memberOf(spec.filter, 'filters');
  const values = Array.isArray(filters)
    ? filters.map((filter) => memberOf(memberOf(filter, 'eventType'), 'value'))
    : [];
  return eventsOfPrefixedTypes(application, stringsIn(values));
}

/** The Application is a segment of an exact type: as it is, or cleaned as its events are. */
export function eventsOfPrefixedTypes(
  application: string,
  types: readonly string[],
): SubscribedEvent[] {
  const names = [application, application.replace(/[^a-zA-Z0-9]/g, '')];
  const prefixes = names.map((name) => `${kymaTypePrefix}.${name}.`);
  return types.flatMap((type) => {
    const prefix = prefixes.find((candidate) => type.startsWith(candidate));
    return prefix === undefined ? [] : [splitVersion(type.slice(prefix.length))];
  });
}

function stringsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
