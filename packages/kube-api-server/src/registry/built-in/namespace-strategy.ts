import { listOr, objectOr } from '../../json/json-value.ts';
import type { ResourceStrategy } from '../resource.ts';

/** A Namespace goes when its contents are gone: spec.finalizers says so, and only the server edits it. */
export const namespaceStrategy: Partial<ResourceStrategy> = {
  nameRule: 'label',
  prepareCreate: (object) => ({
    ...object,
    metadata: {
      ...object.metadata,
      labels: { ...object.metadata.labels, 'kubernetes.io/metadata.name': object.metadata.name },
    },
    spec: { ...objectOr(object.spec), finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }),
  prepareUpdate: (next, previous) => ({
    ...next,
    metadata: {
      ...next.metadata,
      labels: { ...next.metadata.labels, 'kubernetes.io/metadata.name': next.metadata.name },
    },
    spec: { ...objectOr(next.spec), finalizers: listOr(objectOr(previous.spec).finalizers) },
  }),
  prepareDelete: (object) => ({
    ...object,
    status: { ...objectOr(object.status), phase: 'Terminating' },
  }),
  isHeld: (object) => listOr(objectOr(object.spec).finalizers).length > 0,
};
