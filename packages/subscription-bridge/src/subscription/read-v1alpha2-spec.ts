import { kymaTypePrefix, standardSubject } from '@jetmesh/eventing-api';
import { firstProblem } from './field-problem.ts';
import { isUriReference } from './is-uri-reference.ts';
import { defaultMaxInFlight } from './read-v1alpha1-spec.ts';
import type { Reading } from './reading.ts';
import { validateSink } from './validate-sink.ts';

export interface V1alpha2Spec {
  readonly sink: string;
  /** Empty only with exact matching, where it is not looked at. */
  readonly source: string;
  readonly types: readonly string[];
  readonly typeMatching: 'standard' | 'exact';
  readonly maxInFlight: number;
}

/** Rules and texts of eventing-manager's validator; a value that makes no sense for its default is one of them. */
export function readV1alpha2Spec(
  spec: Readonly<Record<string, unknown>>,
  namespace: string,
): Reading<V1alpha2Spec> {
  const fields = {
    sink: textOf(spec.sink),
    source: textOf(spec.source),
    types: Array.isArray(spec.types) ? spec.types.map(textOf) : [],
  };
  const typeMatching = spec.typeMatching ?? 'standard';
  const config = configOf(spec.config);
  const isExact = typeMatching === 'exact';
  const problems = [
    ...firstProblem('spec.typeMatching', typeMatching, [
      [
        typeMatching !== 'standard' && !isExact,
        'must be a valid TypeMatching value exact or standard',
      ],
    ]),
    ...sourceProblems(fields.source, isExact),
    ...typesProblem(fields, isExact),
    ...configProblems(config),
    ...validateSink(fields.sink, namespace),
  ];
  if (problems.length > 0) return { problems };
  const maxInFlight = maxInFlightOf(config.maxInFlightMessages);
  return { spec: { ...fields, typeMatching: isExact ? 'exact' : 'standard', maxInFlight } };
}

function sourceProblems(source: string, isExact: boolean): string[] {
  return firstProblem('spec.source', source, [
    [!isExact && source === '', 'must not be empty'],
    [!isUriReference(source), 'must be valid as per RFC 3986'],
  ]);
}

/** The list as a whole, then type by type: the first that breaks a rule is named alone. */
function typesProblem(
  { source, types }: { source: string; types: readonly string[] },
  isExact: boolean,
): string[] {
  const field = 'spec.types';
  const duplicates = [...new Set(types.filter((type, index) => types.indexOf(type) !== index))];
  const ofList = firstProblem(field, duplicates.join(','), [
    [types.length === 0, 'must not be empty'],
    [duplicates.length > 0, 'must not have duplicate types'],
  ]);
  if (ofList.length > 0) return ofList;
  const ofTypes = types.flatMap((type) => firstProblem(field, type, typeRules(type, isExact)));
  const ofSubjects = isExact || source === '' ? [] : types.flatMap(subjectProblems(source));
  return [...ofTypes, ...ofSubjects].slice(0, 1);
}

function typeRules(type: string, isExact: boolean): [boolean, string][] {
  return [
    [type === '', 'must not be of length zero'],
    [!type.includes('.'), 'must have minimum 2 segments'],
    [!isExact && type.startsWith(kymaTypePrefix), `must not have ${kymaTypePrefix} as type prefix`],
  ];
}

/** Kyma found this out only when it made the subject. */
function subjectProblems(source: string) {
  return (type: string): string[] =>
    firstProblem('spec.types', type, [
      [
        standardSubject(source, type) === undefined,
        `event type cannot have empty segments after cleaning: ${type}`,
      ],
    ]);
}

function configProblems(config: Readonly<Record<string, string>>): string[] {
  const { maxInFlightMessages = '1', qos = 'AT_LEAST_ONCE' } = config;
  const clientCredentials = 'client_credentials';
  const { type = clientCredentials, grantType = clientCredentials } = config;
  const problem = (value: string, isBroken: boolean, detail: string) =>
    firstProblem('spec.config', value, [[isBroken, detail]]);
  const notInteger = 'maxInFlightMessages must be a stringified int value';
  const notQos = 'must be a valid QoS value AT_LEAST_ONCE or AT_MOST_ONCE';
  return [
    ...problem(maxInFlightMessages, !/^[+-]?\d+$/.test(maxInFlightMessages), notInteger),
    ...problem(qos, !['AT_LEAST_ONCE', 'AT_MOST_ONCE'].includes(qos), notQos),
    ...problem(
      type,
      type !== clientCredentials,
      `must be a valid Auth Type value ${clientCredentials}`,
    ),
    ...problem(
      grantType,
      grantType !== clientCredentials,
      `must be a valid Grant Type value ${clientCredentials}`,
    ),
  ];
}

/** Kyma takes zero and negatives, which then mean the default. */
function maxInFlightOf(text: string | undefined): number {
  const value = Number(text ?? defaultMaxInFlight);
  return value >= 1 ? value : defaultMaxInFlight;
}

function configOf(config: unknown): Record<string, string> {
  if (typeof config !== 'object' || config === null) return {};
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [name, String(value)]));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
