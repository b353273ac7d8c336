import { withMetadata, type KubeObject } from '../object/kube-object.ts';
import type { ResourceStrategy } from '../registry/resource.ts';
import type { CustomDefinition, DefinitionNames } from './custom-definition.ts';
import { withNameConditions } from './definition-conditions.ts';
import { validateDefinition } from './validate-definition.ts';

/** Holds a definition until its objects are gone. */
export const definitionFinalizer = 'customresourcecleanup.apiextensions.k8s.io';

/**
 * Names that a definition leaves out follow from its kind; storage versions that ever were stay recorded; conditions are
 * decided in the write itself, so a definition is established when its write is answered.
 */
export const definitionStrategy: Partial<ResourceStrategy> = {
  hasGeneration: true,
  needsRevision: true,
  prepareCreate: (object, peers) => {
    const complete = withStoredVersion(withNames(object as CustomDefinition));
    const now = object.metadata.creationTimestamp ?? '';
    return withNameConditions(complete, peers() as CustomDefinition[], now);
  },
  prepareUpdate: (next) => withStoredVersion(withNames(next as CustomDefinition)),
  prepareDelete: (object) => withTerminating(object as CustomDefinition),
  validate: (next, previous) =>
    validateDefinition(next as CustomDefinition, previous as CustomDefinition | undefined),
};

function withNames(definition: CustomDefinition): CustomDefinition {
  const { names } = definition.spec;
  const complete: DefinitionNames = {
    ...names,
    singular: names.singular ?? names.kind.toLowerCase(),
    listKind: names.listKind ?? `${names.kind}List`,
  };
  return { ...definition, spec: { ...definition.spec, names: complete } };
}

function withStoredVersion(definition: CustomDefinition): CustomDefinition {
  const stored = definition.spec.versions.find(({ storage }) => storage)?.name;
  const before = definition.status?.storedVersions ?? [];
  const storedVersions =
    stored === undefined || before.includes(stored) ? before : [...before, stored];
  return { ...definition, status: { ...definition.status, storedVersions } };
}

function withTerminating(definition: CustomDefinition): KubeObject {
  const { metadata, status } = definition;
  const others = (metadata.finalizers ?? []).filter((name) => name !== definitionFinalizer);
  const terminating = {
    type: 'Terminating',
    status: 'True',
    lastTransitionTime: metadata.deletionTimestamp ?? '',
    reason: 'InstanceDeletionPending',
    message:
      'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
  };
  const conditions = (status?.conditions ?? []).filter(({ type }) => type !== terminating.type);
  return {
    ...withMetadata(definition, { finalizers: [...others, definitionFinalizer] }),
    status: { ...status, conditions: [...conditions, terminating] },
  };
}
