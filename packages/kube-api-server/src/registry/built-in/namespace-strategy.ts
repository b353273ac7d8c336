import { listOr, objectOr } from '../../json/json-value.ts';
import { withMetadata, type KubeObject } from '../../object/kube-object.ts';
import type { ResourceStrategy } from '../resource.ts';

const permanent = new Set(['default', 'kube-public', 'kube-system']);

/** A Namespace goes when its contents are gone: spec.finalizers says so, and only the server edits it. */
export const namespaceStrategy: Partial<ResourceStrategy> = {
  nameRule: 'label',
  setDefaults: withNameLabel,
  prepareCreate: (object) => ({
    ...withNameLabel(object),
    spec: { ...objectOr(object.spec), finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }),
  prepareUpdate: (next, previous) => ({
    ...next,
    spec: { ...objectOr(next.spec), finalizers: listOr(objectOr(previous.spec).finalizers) },
  }),
  prepareDelete: (object) => ({
    ...object,
    status: { ...objectOr(object.status), phase: 'Terminating' },
  }),
  isPermanent: ({ metadata }) => permanent.has(metadata.name),
  isHeld: (object) => listOr(objectOr(object.spec).finalizers).length > 0,
};

/** Every Namespace can be selected by its name. */
function withNameLabel(object: KubeObject): KubeObject {
  const { name, labels } = object.metadata;
  if (name === '') return object;
  return withMetadata(object, { labels: { ...labels, 'kubernetes.io/metadata.name': name } });
}
