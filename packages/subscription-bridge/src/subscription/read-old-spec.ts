import { firstProblem } from './field-problem.ts';
import type { Reading } from './reading.ts';

/** A Subscription of Kyma 1.x. */
export interface OldSpec {
  readonly endpoint: string;
  readonly eventType: string;
  readonly eventTypeVersion: string;
  readonly source: string;
  readonly wantsNameHeader: boolean;
  readonly maxInFlight: number | undefined;
  readonly timeoutMs: number | undefined;
}

const namePattern =
  /^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?)*$/;
const versionPattern = /^[a-zA-Z0-9]+$/;
const endpointPattern = /^https?:\/\/.+$/;

export function readOldSpec(spec: Readonly<Record<string, unknown>>): Reading<OldSpec> {
  const problems = [
    ...textProblems('endpoint', spec.endpoint, endpointPattern, 512),
    ...textProblems('event_type', spec.event_type, namePattern, 253),
    ...textProblems('event_type_version', spec.event_type_version, versionPattern, 4),
    ...textProblems('source_id', spec.source_id, namePattern, 253),
    ...integerProblems('max_inflight', spec.max_inflight, 1, 400),
    ...integerProblems('push_request_timeout_ms', spec.push_request_timeout_ms, 0, 60_000),
  ];
  if (problems.length > 0) return { problems };
  return {
    spec: {
      endpoint: spec.endpoint as string,
      eventType: spec.event_type as string,
      eventTypeVersion: spec.event_type_version as string,
      source: spec.source_id as string,
      wantsNameHeader: spec.include_subscription_name_header === true,
      maxInFlight: spec.max_inflight as number | undefined,
      timeoutMs: spec.push_request_timeout_ms as number | undefined,
    },
  };
}

function textProblems(field: string, value: unknown, pattern: RegExp, maxLength: number): string[] {
  const text = typeof value === 'string' ? value : '';
  return firstProblem(`spec.${field}`, value, [
    [text === '', 'must not be empty'],
    [text.length > maxLength, `must have at most ${maxLength} characters`],
    [!pattern.test(text) || !isUrlIfEndpoint(field, text), `must match ${pattern.source}`],
  ]);
}

function isUrlIfEndpoint(field: string, text: string): boolean {
  return field !== 'endpoint' || URL.canParse(text);
}

function integerProblems(field: string, value: unknown, min: number, max: number): string[] {
  const isInRange = Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
  return firstProblem(`spec.${field}`, value, [
    [value !== undefined && !isInRange, `must be an integer between ${min} and ${max}`],
  ]);
}
