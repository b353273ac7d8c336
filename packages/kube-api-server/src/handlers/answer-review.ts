import { badRequest, methodNotAllowed } from '../errors/api-errors.ts';
import type { ReviewKind } from '../discovery/review-kinds.ts';
import { objectOr, shown, type JsonObject } from '../json/json-value.ts';
import type { ApiAnswer } from './api-answer.ts';

const user: JsonObject = {
  username: 'jetmesh:local',
  uid: 'jetmesh',
  groups: ['system:masters', 'system:authenticated'],
};

/** Reviews of rights and identity: whoever is let in may do everything. */
export function answerReview(review: ReviewKind, method: string, body: JsonObject): ApiAnswer {
  if (method !== 'POST') throw methodNotAllowed();
  if (body.kind !== undefined && body.kind !== review.kind) {
    throw badRequest(`expected ${review.kind}, got ${shown(body.kind)}`);
  }
  const answer = {
    kind: review.kind,
    apiVersion: `${review.group}/${review.version}`,
    metadata: { creationTimestamp: null },
    spec: objectOr(body.spec),
    status: statusOf(review.kind),
  };
  return { kind: 'json', code: 201, body: answer };
}

function statusOf(kind: string): JsonObject {
  switch (kind) {
    case 'SelfSubjectAccessReview':
      return { allowed: true, reason: 'the embedded server lets its clients do everything' };
    case 'SelfSubjectRulesReview':
      return {
        resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
        nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
        incomplete: false,
      };
    case 'TokenReview':
      return { authenticated: true, user };
    default:
      return { userInfo: user };
  }
}
