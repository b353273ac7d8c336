import type { KubernetesObject } from '../kubernetes/object.ts';
import type { ResourceKind } from '../kubernetes/resource-kind.ts';

export const admissionPolicyKind: ResourceKind = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'ValidatingAdmissionPolicy',
  plural: 'validatingadmissionpolicies',
  isNamespaced: false,
};

export const admissionPolicyBindingKind: ResourceKind = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  plural: 'validatingadmissionpolicybindings',
  isNamespaced: false,
};

/** A policy and the binding that puts it in force everywhere. */
export interface BoundPolicy {
  readonly policy: KubernetesObject;
  readonly binding: KubernetesObject;
}

interface PolicyOptions {
  readonly name: string;
  readonly resources: readonly ResourceKind[];
  readonly operations: readonly ('CREATE' | 'UPDATE')[];
  readonly variables: Readonly<Record<string, string>>;
  readonly validation: {
    readonly expression: string;
    readonly message?: string;
    readonly messageExpression?: string;
    readonly reason?: 'Invalid' | 'Forbidden';
  };
}

/** Says in CEL what a schema cannot: it sees annotations, the user, and what the authorizer thinks. */
export function definePolicy(options: PolicyOptions): BoundPolicy {
  const { name, resources, operations, variables, validation } = options;
  const metadata = { name, labels: { 'app.kubernetes.io/part-of': 'jetmesh' } };
  const policy = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: admissionPolicyKind.kind,
    metadata,
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: resources.map(({ group, version, plural }) => ({
          apiGroups: [group],
          apiVersions: [version],
          operations: [...operations],
          resources: [plural],
        })),
      },
      variables: Object.entries(variables).map(([variable, expression]) => ({
        name: variable,
        expression,
      })),
      validations: [validation],
    },
  };
  const binding = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: admissionPolicyBindingKind.kind,
    metadata,
    spec: { policyName: name, validationActions: ['Deny'] },
  };
  return { policy, binding };
}
