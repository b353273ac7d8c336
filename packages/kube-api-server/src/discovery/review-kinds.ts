/** Kinds that are answered, never stored. */
export interface ReviewKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
}

const authorization = { group: 'authorization.k8s.io', version: 'v1' };
const authentication = { group: 'authentication.k8s.io', version: 'v1' };

export const reviewKinds: readonly ReviewKind[] = [
  { ...authorization, kind: 'SelfSubjectAccessReview', plural: 'selfsubjectaccessreviews' },
  { ...authorization, kind: 'SelfSubjectRulesReview', plural: 'selfsubjectrulesreviews' },
  { ...authentication, kind: 'SelfSubjectReview', plural: 'selfsubjectreviews' },
  { ...authentication, kind: 'TokenReview', plural: 'tokenreviews' },
];
