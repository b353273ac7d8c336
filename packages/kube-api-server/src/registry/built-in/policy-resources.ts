import { openObject, record } from '../../schema/schema-terms.ts';
import { builtInResource } from './built-in-resource.ts';

export const admissionPolicyResource = builtInResource({
  group: 'admissionregistration.k8s.io',
  kind: 'ValidatingAdmissionPolicy',
  plural: 'validatingadmissionpolicies',
  isNamespaced: false,
  categories: ['api-extensions'],
  hasStatus: true,
  schema: record({ spec: openObject, status: openObject }),
  strategy: { hasGeneration: true },
});

export const admissionPolicyBindingResource = builtInResource({
  group: 'admissionregistration.k8s.io',
  kind: 'ValidatingAdmissionPolicyBinding',
  plural: 'validatingadmissionpolicybindings',
  isNamespaced: false,
  categories: ['api-extensions'],
  schema: record({ spec: openObject }),
});
