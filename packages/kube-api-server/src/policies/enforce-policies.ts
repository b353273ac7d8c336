import { ApiError } from '../errors/api-error.ts';
import { listOr, objectOr, textOr, type JsonValue } from '../json/json-value.ts';
import type { KubeObject } from '../object/kube-object.ts';
import { storageIdOf } from '../registry/resource.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { isMatched } from './is-matched.ts';
import { judgePolicy, type PolicyDenial } from './judge-policy.ts';
import type { PolicyRequest } from './policy-request.ts';

const group = 'admissionregistration.k8s.io';
const policies = storageIdOf(group, 'validatingadmissionpolicies');
const bindings = storageIdOf(group, 'validatingadmissionpolicybindings');

/** Throws the refusal of the first bound policy that denies a write. Policies with parameters are not enforced. */
export function enforcePolicies(
  store: Pick<ObjectStore, 'get' | 'list'>,
  request: Omit<PolicyRequest, 'namespaceObject'>,
): void {
  if (request.served.resource.group === group) return;
  const { namespace } = request.object.metadata;
  const namespaceObject =
    namespace === undefined ? undefined : store.get(storageIdOf('', 'namespaces'), namespace);
  const judged: PolicyRequest = { ...request, namespaceObject };
  for (const binding of store.list(bindings)) {
    const { policyName, matchResources, validationActions } = specOf(binding);
    const policy = store.get(policies, textOr(policyName, ''));
    if (policy === undefined || specOf(policy).paramKind !== undefined) continue;
    if (!listOr(validationActions).includes('Deny')) continue;
    if (!isMatched(specOf(policy).matchConstraints, judged)) continue;
    if (!isMatched(matchResources, judged)) continue;
    const denial = judgePolicy(policy, judged);
    if (denial !== undefined) throw refusal(judged, { policy, binding, denial });
  }
}

function specOf({ spec }: KubeObject): Record<string, JsonValue | undefined> {
  return objectOr(spec);
}

const codes: Readonly<Record<string, number>> = {
  Unauthorized: 401,
  Forbidden: 403,
  RequestEntityTooLarge: 413,
};

function refusal(
  { served, object }: PolicyRequest,
  { policy, binding, denial }: { policy: KubeObject; binding: KubeObject; denial: PolicyDenial },
): ApiError {
  const { resource } = served;
  const qualified =
    resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`;
  const cause = `ValidatingAdmissionPolicy '${policy.metadata.name}' with binding '${binding.metadata.name}' denied request: ${denial.message}`;
  const message = `${qualified} "${object.metadata.name}" is forbidden: ${cause}`;
  return new ApiError(codes[denial.reason] ?? 422, denial.reason, message, {
    name: object.metadata.name,
    ...(resource.group === '' ? {} : { group: resource.group }),
    kind: resource.plural,
    causes: [{ message: cause }],
  });
}
