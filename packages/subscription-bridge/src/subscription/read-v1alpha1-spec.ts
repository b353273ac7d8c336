import { cleanPrefixedType, kymaTypePrefix } from '@jetmesh/eventing-api';
import { fieldProblem, firstProblem } from './field-problem.ts';
import type { Reading } from './reading.ts';
import { validateSink } from './validate-sink.ts';

/** A v1alpha1 Subscription: on NATS only the types of its filters counted, the sources never did. */
export interface V1alpha1Spec {
  readonly sink: string;
  readonly types: readonly string[];
  readonly maxInFlight: number;
}

/** Kyma's `DEFAULT_MAX_IN_FLIGHT_MESSAGES`. */
export const defaultMaxInFlight = 10;

export function readV1alpha1Spec(
  spec: Readonly<Record<string, unknown>>,
  namespace: string,
): Reading<V1alpha1Spec> {
  const sink = typeof spec.sink === 'string' ? spec.sink : '';
  const types = [...new Set(typesOf(spec.filter))];
  const maxInFlight = maxInFlightOf(spec.config);
  const problems = [
    ...firstProblem('spec.filter.filters', types, [[types.length === 0, 'must not be empty']]),
    ...types.filter((type) => cleanPrefixedType(type) === undefined).map(typeProblem),
    ...(maxInFlight === undefined ? [maxInFlightProblem(spec.config)] : []),
    ...validateSink(sink, namespace),
  ];
  if (problems.length > 0 || maxInFlight === undefined) return { problems };
  return { spec: { sink, types, maxInFlight } };
}

function typesOf(filter: unknown): string[] {
  const filters = memberOf(filter, 'filters');
  if (!Array.isArray(filters)) return [];
  return filters.map((element) => {
    const value = memberOf(memberOf(element, 'eventType'), 'value');
    return typeof value === 'string' ? value : '';
  });
}

function typeProblem(type: string): string {
  const hasPrefix = type.startsWith(`${kymaTypePrefix}.`);
  return fieldProblem(
    'spec.filter.filters',
    type,
    `failed to parse event-type=${type} with prefix=${kymaTypePrefix}: ${hasPrefix ? 'invalid format' : 'prefix not found'}`,
  );
}

/** Undefined: something else than a positive integer. */
function maxInFlightOf(config: unknown): number | undefined {
  const value = memberOf(config, 'maxInFlightMessages') ?? defaultMaxInFlight;
  return Number.isInteger(value) && Number(value) >= 1 ? Number(value) : undefined;
}

function maxInFlightProblem(config: unknown): string {
  const value = memberOf(config, 'maxInFlightMessages');
  return fieldProblem('spec.config', value, 'maxInFlightMessages must be a positive integer');
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
