import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from '../errors/api-error.ts';
import {
  internalError,
  noSuchPath,
  methodNotAllowed,
  noSuchResource,
  unauthorized,
} from '../errors/api-errors.ts';
import type { ApiAnswer } from '../handlers/api-answer.ts';
import type { ApiContext } from '../handlers/api-context.ts';
import { reviewKinds } from '../discovery/review-kinds.ts';
import { answerReview } from '../handlers/answer-review.ts';
import { decodeBody } from '../handlers/decode-body.ts';
import { handleDiscovery } from '../handlers/handle-discovery.ts';
import { handleResource } from '../handlers/handle-resource.ts';
import { parseApiPath, type ResourcePath } from '../routing/api-path.ts';
import type { IncludedObject } from '../table/table-of.ts';
import { isAuthenticated } from './authenticate.ts';
import { negotiate, type Rendering } from './negotiate.ts';
import { readBody } from './read-body.ts';
import { renderAnswer, type RenderedAnswer } from './render-answer.ts';
import { streamWatch } from './stream-watch.ts';

/** The HTTP border: authenticates, routes, and turns answers and errors into bytes. */
export function apiListener(
  api: ApiContext,
  bearerToken: string | undefined,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    respond(api, { request, response, bearerToken }).catch((error: unknown) => {
      sendError(api, response, error);
    });
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly bearerToken: string | undefined;
}

async function respond(api: ApiContext, exchange: Exchange): Promise<void> {
  const { request, response, bearerToken } = exchange;
  const url = new URL(request.url ?? '/', 'http://localhost');
  const path = parseApiPath(url.pathname);
  if (path.kind !== 'health' && !isAuthenticated(request.headers.authorization, bearerToken)) {
    throw unauthorized();
  }
  const accepted =
    path.kind === 'resource' ? negotiate(request.headers.accept ?? '') : acceptedOf(request);
  const context = { rendering: accepted ?? plainJson, include: readInclude(url.searchParams) };
  const answer = await answerOf(api, { request, response, url, accepted });
  if (answer.kind === 'watch') {
    if (!response.destroyed) streamWatch(api, response, { options: answer.options, context });
    return;
  }
  if (answer.kind === 'object') warn(response, answer.warnings ?? []);
  send(response, renderAnswer(answer, { ...context, now: api.now() }));
}

interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
}

/** What is accepted of documents other than objects; undefined when it is none of what is offered. */
function acceptedOf(request: IncomingMessage): Rendering | undefined {
  try {
    return negotiate(request.headers.accept ?? '');
  } catch {
    return undefined;
  }
}

const plainJson: Rendering = { encoding: 'json', as: 'object', discovery: undefined };

async function answerOf(
  api: ApiContext,
  { accepted, ...call }: Call & { accepted: Rendering | undefined },
): Promise<ApiAnswer> {
  const { request } = call;
  const path = parseApiPath(call.url.pathname);
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
  if (path.kind === 'resource') {
    const body = await readBody(request);
    return answerResource(api, method, { ...call, target: path.target, body });
  }
  if (method !== 'GET') throw methodNotAllowed();
  return handleDiscovery(api, path, { rendering: accepted, host: request.headers.host ?? '' });
}

async function answerResource(
  api: ApiContext,
  method: string,
  call: Call & { target: ResourcePath; body: Buffer },
): Promise<ApiAnswer> {
  const { target, request, url, body } = call;
  const review = reviewKinds.find(
    ({ group, version, plural }) =>
      group === target.group && version === target.version && plural === target.plural,
  );
  const contentType = request.headers['content-type'] ?? '';
  if (review !== undefined)
    return answerReview(review, method, decodeBody(body, contentType).object);
  const served = api.registry.find(target.group, target.version, target.plural);
  if (served === undefined) throw isBuiltIn(api, target) ? noSuchResource() : noSuchPath();
  const { deprecationWarning } = served.version;
  if (deprecationWarning !== undefined) warn(call.response, [deprecationWarning]);
  if (target.namespace !== undefined && !served.resource.isNamespaced) throw noSuchResource();
  const needsNamespace = served.resource.isNamespaced && target.name !== undefined;
  if (needsNamespace && target.namespace === undefined) throw noSuchResource();
  return handleResource(api, method, {
    served,
    namespace: target.namespace,
    name: target.name,
    subresource: target.subresource,
    query: url.searchParams,
    contentType,
    userAgent: request.headers['user-agent'] ?? '',
    body,
  });
}

/** Groups and versions of the server itself say in a Status that they lack a resource. */
function isBuiltIn({ registry }: ApiContext, { group, version }: ResourcePath): boolean {
  return registry.resourcesOf(group, version).some(({ resource }) => !resource.isCustom);
}

function readInclude(query: URLSearchParams): IncludedObject {
  const value = query.get('includeObject');
  return value === 'None' || value === 'Object' ? value : 'Metadata';
}

function send(response: ServerResponse, { code, contentType, body }: RenderedAnswer): void {
  response
    .writeHead(code, {
      'content-type': contentType,
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-cache, private',
    })
    .end(body);
}

/** Warnings that kubectl prints; they stand on refusals too. */
function warn(response: ServerResponse, texts: readonly string[]): void {
  for (const text of texts) response.appendHeader('warning', `299 - ${quoted(text)}`);
}

/** Header text is latin1 in quotes. */
function quoted(text: string): string {
  return `"${text.replaceAll(/[^\x20-\x7e]/g, '?').replaceAll(/["\\]/g, '\\$&')}"`;
}

function sendError(api: ApiContext, response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const apiError = error instanceof ApiError ? error : unexpected(api, error);
  const { retryAfterSeconds } = apiError.details ?? {};
  if (retryAfterSeconds !== undefined) response.setHeader('retry-after', retryAfterSeconds);
  if (apiError.httpCode === 413) response.setHeader('connection', 'close');
  const isPlain = apiError.details === undefined && apiError.code === 'NotFound';
  const body = isPlain ? `${apiError.message}\n` : `${JSON.stringify(apiError.toStatus())}\n`;
  const contentType = isPlain ? 'text/plain; charset=utf-8' : 'application/json';
  send(response, { code: apiError.httpCode, contentType, body });
}

function unexpected(api: ApiContext, error: unknown): ApiError {
  api.logger.error('a request to the Kubernetes API failed', { err: error });
  return internalError(error instanceof Error ? error.message : String(error));
}
