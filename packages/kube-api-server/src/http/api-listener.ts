import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from '../errors/api-error.ts';
import { internalError, methodNotAllowed, unauthorized } from '../errors/api-errors.ts';
import type { ApiAnswer } from '../handlers/api-answer.ts';
import type { ApiContext } from '../handlers/api-context.ts';
import { handleDiscovery } from '../handlers/handle-discovery.ts';
import { routeResource } from '../handlers/route-resource.ts';
import { parseApiPath, type ApiPath } from '../routing/api-path.ts';
import type { IncludedObject } from '../table/table-of.ts';
import { isAuthenticated } from './authenticate.ts';
import { negotiate, type Rendering } from './negotiate.ts';
import { readBody } from './read-body.ts';
import { renderAnswer } from './render-answer.ts';
import { sendAnswer, sendRefusal, warn } from './send-response.ts';
import { streamWatch } from './stream-watch.ts';

/** The HTTP border: authenticates, routes, and turns answers and errors into bytes. */
export function apiListener(
  api: ApiContext,
  bearerToken: string | undefined,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const exchange = { ...parseTarget(request.url ?? '/'), request, response };
    respond(api, exchange, bearerToken).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendRefusal(response, refusalOf(api, error));
    });
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: ApiPath;
  readonly query: URLSearchParams;
}

function parseTarget(target: string): Pick<Exchange, 'path' | 'query'> {
  const [path = '', ...query] = target.split('?');
  return { path: parseApiPath(path), query: new URLSearchParams(query.join('?')) };
}

async function respond(
  api: ApiContext,
  exchange: Exchange,
  bearerToken: string | undefined,
): Promise<void> {
  const { request, response, path, query } = exchange;
  const { authorization, accept = '' } = request.headers;
  if (path.kind !== 'health' && !isAuthenticated(authorization, bearerToken)) throw unauthorized();
  const accepted = path.kind === 'resource' ? negotiate(accept) : acceptedOf(accept);
  const context = { rendering: accepted ?? plainJson, include: readInclude(query) };
  const answer = await answerOf(api, exchange, accepted);
  if (answer.kind === 'watch') {
    if (!response.destroyed) streamWatch(api, response, { options: answer.options, context });
    return;
  }
  if (answer.kind === 'object') warn(response, answer.warnings ?? []);
  sendAnswer(response, renderAnswer(answer, { ...context, now: api.now() }));
}

/** What is accepted of documents other than objects; undefined when it is none of what is offered. */
function acceptedOf(accept: string): Rendering | undefined {
  try {
    return negotiate(accept);
  } catch {
    return undefined;
  }
}

const plainJson: Rendering = { encoding: 'json', as: 'object', discovery: undefined };

async function answerOf(
  api: ApiContext,
  { request, response, path, query }: Exchange,
  rendering: Rendering | undefined,
): Promise<ApiAnswer> {
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
  const { host = '', accept = '' } = request.headers;
  const { 'content-type': contentType = '', 'user-agent': agent = '' } = request.headers;
  if (path.kind === 'resource') {
    return routeResource(api, path.target, {
      method,
      query,
      contentType,
      userAgent: agent,
      body: await readBody(request),
      warn: (texts) => warn(response, texts),
    });
  }
  if (method !== 'GET') throw methodNotAllowed();
  return handleDiscovery(api, path, { rendering, host, accept });
}

function readInclude(query: URLSearchParams): IncludedObject {
  const value = query.get('includeObject');
  return value === 'None' || value === 'Object' ? value : 'Metadata';
}

function refusalOf(api: ApiContext, error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  api.logger.error('a request to the Kubernetes API failed', { err: error });
  return internalError(error instanceof Error ? error.message : String(error));
}
