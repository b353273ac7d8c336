import type { FieldProblem } from '../../errors/api-error.ts';
import { withMetadata, type KubeObject } from '../../object/kube-object.ts';
import type { CustomDefinition, DefinitionNames } from '../custom-definition.ts';
import type { ResourceStrategy } from '../resource.ts';

/** Names that a definition leaves out follow from its kind; storage versions that ever were stay recorded. */
export const definitionStrategy: Partial<ResourceStrategy> = {
  hasGeneration: true,
  prepareCreate: (object) => withConditions(withStoredVersion(withNames(object))),
  prepareUpdate: (next) => withStoredVersion(withNames(next)),
  prepareDelete: withTerminating,
  validate: (next) => problemsOf(next as CustomDefinition),
};

/** Holds a definition until its objects are gone. */
export const definitionFinalizer = 'customresourcecleanup.apiextensions.k8s.io';

function withTerminating(object: KubeObject): KubeObject {
  const definition = object as CustomDefinition;
  const others = (object.metadata.finalizers ?? []).filter((name) => name !== definitionFinalizer);
  const terminating = {
    type: 'Terminating',
    status: 'True',
    lastTransitionTime: object.metadata.deletionTimestamp ?? '',
    reason: 'InstanceDeletionPending',
    message:
      'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
  };
  const conditions = (definition.status?.conditions ?? []).filter(
    ({ type }) => type !== terminating.type,
  );
  return {
    ...withMetadata(definition, { finalizers: [...others, definitionFinalizer] }),
    status: { ...definition.status, conditions: [...conditions, terminating] },
  };
}

function withNames(object: KubeObject): KubeObject {
  const definition = object as CustomDefinition;
  const { names } = definition.spec;
  const complete: DefinitionNames = {
    ...names,
    singular: names.singular ?? names.kind.toLowerCase(),
    listKind: names.listKind ?? `${names.kind}List`,
  };
  return { ...definition, spec: { ...definition.spec, names: complete } };
}

function withStoredVersion(object: KubeObject): KubeObject {
  const definition = object as CustomDefinition;
  const stored = definition.spec.versions.find(({ storage }) => storage)?.name;
  const before = definition.status?.storedVersions ?? [];
  const storedVersions =
    stored === undefined || before.includes(stored) ? before : [...before, stored];
  return { ...definition, status: { ...definition.status, storedVersions } };
}

function problemsOf({ metadata, spec }: CustomDefinition): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const expectedName = `${spec.names.plural}.${spec.group}`;
  if (metadata.name !== expectedName) {
    const message = `Invalid value: ${JSON.stringify(metadata.name)}: must be spec.names.plural+"."+spec.group`;
    problems.push({ field: 'metadata.name', message, reason: 'FieldValueInvalid' });
  }
  if (spec.scope !== 'Namespaced' && spec.scope !== 'Cluster') {
    const message = `Unsupported value: ${JSON.stringify(spec.scope)}: supported values: "Cluster", "Namespaced"`;
    problems.push({ field: 'spec.scope', message, reason: 'FieldValueNotSupported' });
  }
  if (spec.versions.filter(({ storage }) => storage).length !== 1) {
    const message = 'Invalid value: must have exactly one version marked as storage version';
    problems.push({ field: 'spec.versions', message, reason: 'FieldValueInvalid' });
  }
  for (const [at, version] of spec.versions.entries()) {
    if (version.schema?.openAPIV3Schema !== undefined) continue;
    const field = `spec.versions[${at}].schema.openAPIV3Schema`;
    const message = 'Required value: schemas are required';
    problems.push({ field, message, reason: 'FieldValueRequired' });
  }
  return problems;
}

/** Names are accepted as they are wanted; a conflict of names was refused before. */
function withConditions(object: KubeObject): KubeObject {
  const definition = object as CustomDefinition;
  const lastTransitionTime = object.metadata.creationTimestamp ?? '';
  return {
    ...definition,
    status: {
      ...definition.status,
      acceptedNames: definition.spec.names,
      conditions: [
        {
          type: 'NamesAccepted',
          status: 'True',
          lastTransitionTime,
          reason: 'NoConflicts',
          message: 'no conflicts found',
        },
        {
          type: 'Established',
          status: 'True',
          lastTransitionTime,
          reason: 'InitialNamesAccepted',
          message: 'the initial names have been accepted',
        },
      ],
    },
  };
}
