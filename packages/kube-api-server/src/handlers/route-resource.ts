import { reviewKinds } from '../discovery/review-kinds.ts';
import { noSuchPath, noSuchResource } from '../errors/api-errors.ts';
import type { ServedResource } from '../registry/resource.ts';
import type { ResourcePath } from '../routing/api-path.ts';
import { answerReview } from './answer-review.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { ApiContext } from './api-context.ts';
import { decodeBody } from './decode-body.ts';
import { handleResource } from './handle-resource.ts';
import type { ResourceRequest } from './resource-request.ts';

interface ResourceCall extends Pick<
  ResourceRequest,
  'query' | 'contentType' | 'userAgent' | 'body'
> {
  readonly method: string;
  /** Takes what the client should be warned of, whatever the answer. */
  readonly warn: (texts: readonly string[]) => void;
}

/** Finds what a path names and answers for it. */
export async function routeResource(
  api: ApiContext,
  path: ResourcePath,
  { method, warn, ...call }: ResourceCall,
): Promise<ApiAnswer> {
  const { group, version, plural, namespace, name, subresource } = path;
  const review = reviewKinds.find(
    (each) => each.group === group && each.version === version && each.plural === plural,
  );
  if (review !== undefined) {
    return answerReview(review, method, decodeBody(call.body, call.contentType).object);
  }
  const served = api.registry.find(group, version, plural);
  if (served === undefined) throw isBuiltIn(api, path) ? noSuchResource() : noSuchPath();
  const { deprecationWarning } = served.version;
  if (deprecationWarning !== undefined) warn([deprecationWarning]);
  assertScope(served, path);
  return handleResource(api, method, { ...call, served, namespace, name, subresource });
}

function assertScope({ resource }: ServedResource, { namespace, name }: ResourcePath): void {
  const isScopeRight = resource.isNamespaced
    ? namespace !== undefined || name === undefined
    : namespace === undefined;
  if (!isScopeRight) throw noSuchResource();
}

/** Groups and versions of the server itself say in a Status that they lack a resource. */
function isBuiltIn({ registry }: ApiContext, { group, version }: ResourcePath): boolean {
  return registry.resourcesOf(group, version).some(({ resource }) => !resource.isCustom);
}
