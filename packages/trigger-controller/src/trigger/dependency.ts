import type { Condition, ConditionFinding, KubernetesObject, Trigger } from '@jetmesh/eventing-api';
import type { Lookup, ObjectReference } from '../cluster/object-reference.ts';

const dependencyAnnotation = 'knative.dev/dependency';

/** The object that a Trigger's annotation says it depends on; a sentence when the annotation is no such reference. */
export type Dependency =
  | { readonly kind: 'none' }
  | { readonly kind: 'reference'; readonly reference: ObjectReference }
  | { readonly kind: 'malformed'; readonly message: string };

export function dependencyOf(trigger: Trigger): Dependency {
  const text = trigger.metadata.annotations?.[dependencyAnnotation];
  if (text === undefined) return { kind: 'none' };
  const namespace = trigger.metadata.namespace ?? '';
  const fields = parseFields(text);
  if (fields === undefined) return malformed(`not a JSON object: ${text}`);
  const { apiVersion, kind, name, namespace: stated = namespace } = fields;
  if (stated !== namespace) {
    return malformed(
      `Namespace must be empty or equal to the trigger namespace "${namespace}", it is "${stated}"`,
    );
  }
  if (apiVersion === undefined || kind === undefined || name === undefined) {
    return malformed(`apiVersion, kind and name are needed: ${text}`);
  }
  return { kind: 'reference', reference: { apiVersion, kind, name, namespace } };
}

/** `DependencyReady`: the dependency exists, has observed its generation, and is Ready. */
export function dependencyFinding(lookup: Lookup): ConditionFinding {
  switch (lookup.kind) {
    case 'missing':
      return failed('DependencyDoesNotExist', 'Dependency does not exist.');
    case 'unknown-kind':
      return failed('ListerDoesNotExist', 'No such kind is served.');
    case 'refused':
      return {
        status: 'Unknown',
        reason: 'DependencyGetFailed',
        message: `Failed to get dependency: ${lookup.message}`,
      };
    case 'found':
      return readinessOf(lookup.object);
  }
}

export function malformedDependencyFinding(message: string): ConditionFinding {
  return failed(
    'ReferenceError',
    `Unable to unmarshal objectReference from dependency annotation of trigger: ${message}`,
  );
}

interface WithStatus extends KubernetesObject {
  status?: { observedGeneration?: number; conditions?: Condition[] };
}

function readinessOf(dependency: WithStatus): ConditionFinding {
  const { generation } = dependency.metadata;
  const observed = dependency.status?.observedGeneration;
  if (generation !== observed) {
    return {
      status: 'Unknown',
      reason: 'GenerationNotEqual',
      message: `The dependency's metadata.generation, ${text(generation)}, is not equal to its status.observedGeneration, ${text(observed)}.`,
    };
  }
  const ready = dependency.status?.conditions?.find(({ type }) => type === 'Ready');
  if (ready === undefined) {
    return {
      status: 'Unknown',
      reason: 'DependencyNotConfigured',
      message: 'Dependency has not yet been reconciled.',
    };
  }
  if (ready.status === 'True') return { status: 'True' };
  const { status, reason = 'DependencyNotReady', message } = ready;
  return { status, reason, ...(message === undefined ? {} : { message }) };
}

function text(generation: number | undefined): string {
  return `"${String(generation ?? 0)}"`;
}

function parseFields(json: string): Record<string, string | undefined> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null
      ? (value as Record<string, string | undefined>)
      : undefined;
  } catch {
    return undefined;
  }
}

function malformed(message: string): Dependency {
  return { kind: 'malformed', message };
}

function failed(reason: string, message: string): ConditionFinding {
  return { status: 'False', reason, message };
}
