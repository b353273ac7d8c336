import type { FieldProblem } from '../../errors/api-error.ts';
import { invalidValue, requiredValue } from '../../errors/field-problems.ts';
import { objectOr, textOr, type JsonObject } from '../../json/json-value.ts';
import type { KubeObject } from '../../object/kube-object.ts';
import { convertEvent } from './convert-event.ts';

const limits = [
  ['reportingInstance', 128],
  ['action', 128],
  ['reason', 128],
] as const;
const maxNoteLength = 1024;

/** What the API refuses about a new Kubernetes event; more in its own group than in core. */
export function validateEvent(next: KubeObject, previous: KubeObject | undefined): FieldProblem[] {
  const event = convertEvent(next, 'v1');
  const isOfOwnGroup = next.apiVersion !== 'v1';
  const isNewForm = event.eventTime !== undefined;
  return [
    ...(isNewForm ? newFormProblems(event, isOfOwnGroup) : namespaceProblems(event)),
    ...(isOfOwnGroup && previous === undefined ? ownGroupProblems(event) : []),
  ];
}

function namespaceProblems({ involvedObject, metadata }: KubeObject): FieldProblem[] {
  const { namespace = '' } = objectOr(involvedObject);
  const isSame = namespace === metadata.namespace;
  if (isSame || (namespace === '' && metadata.namespace === 'default')) return [];
  return [mismatch(namespace)];
}

function mismatch(namespace: JsonObject[string]): FieldProblem {
  return invalidValue(
    'involvedObject.namespace',
    namespace ?? '',
    'does not match event.namespace',
  );
}

function newFormProblems(event: KubeObject, isOfOwnGroup: boolean): FieldProblem[] {
  const { namespace = '' } = objectOr(event.involvedObject);
  const home = event.metadata.namespace ?? '';
  const problems: FieldProblem[] = [];
  if (namespace === '' && home !== 'default' && home !== 'kube-system') problems.push(mismatch(''));
  if (textOr(event.reportingComponent, '') === '') {
    problems.push(requiredValue(isOfOwnGroup ? 'reportingController' : 'reportingComponent'));
  }
  for (const [field, limit] of limits) {
    const length = textOr(event[field], '').length;
    if (length === 0) problems.push(requiredValue(field));
    if (length > limit) {
      problems.push(invalidValue(field, '', `can have at most ${limit} characters`));
    }
  }
  if (textOr(event.message, '').length > maxNoteLength) {
    problems.push(invalidValue('message', '', `can have at most ${maxNoteLength} characters`));
  }
  return problems;
}

function ownGroupProblems(event: KubeObject): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const { series } = event;
  if (series !== undefined) {
    const { count, lastObservedTime } = objectOr(series);
    if (typeof count !== 'number' || count < 2) {
      problems.push(invalidValue('series.count', '', 'should be at least 2'));
    }
    if (lastObservedTime === undefined) problems.push(requiredValue('series.lastObservedTime'));
  }
  if (event.eventTime === undefined) problems.push(requiredValue('eventTime'));
  if (event.type !== 'Normal' && event.type !== 'Warning') {
    const text = `has invalid value: ${textOr(event.type, '')}`;
    problems.push(invalidValue('type', '', text));
  }
  for (const field of ['firstTimestamp', 'lastTimestamp', 'count', 'source']) {
    if (event[field] !== undefined) problems.push(invalidValue(field, '', 'needs to be unset'));
  }
  return problems;
}
