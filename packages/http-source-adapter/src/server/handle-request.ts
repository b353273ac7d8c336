import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Admission, AdmittedRequest } from './admission.ts';
import { emptyAnswer, jsonAnswer, type Answer } from './answer.ts';
import { clientCertificateRefusal, type ClientCertificateCheck } from './client-certificate.ts';
import type { Endpoint } from './endpoint.ts';
import {
  applicationNotFound,
  methodNotAllowed,
  overloaded,
  pathNotFound,
  routesUnknown,
} from './known-answers.ts';
import { matchEndpoint, type EndpointMatch, type EndpointName } from './match-endpoint.ts';
import { readBody } from './read-body.ts';

type EventEndpointName = Exclude<EndpointName, 'health' | 'readiness'>;

export interface RequestContext {
  readonly endpoints: Readonly<Record<EventEndpointName, Endpoint>>;
  readonly admission: Admission;
  readonly clientCertificateCheck: ClientCertificateCheck;
  /** Why the adapter cannot route yet or any more; empty when it can. */
  notReadyReasons(): readonly string[];
  hasRoutes(): boolean;
  isKnownApplication(application: string): boolean;
}

export interface HandledRequest {
  readonly endpoint: EndpointName | 'none';
  /** Undefined when the sender went away before its request was complete. */
  readonly answer: Answer | undefined;
}

const healthy = emptyAnswer(200);

/** The only place with the order: path, certificate, method, Application, room, body, endpoint. */
export async function handleRequest(
  request: IncomingMessage,
  context: RequestContext,
): Promise<HandledRequest> {
  const match = matchEndpoint(request.url ?? '/');
  if (match === undefined) return { endpoint: 'none', answer: pathNotFound };
  const { endpoint } = match;
  if (endpoint === 'health') return { endpoint, answer: healthy };
  if (endpoint === 'readiness') return { endpoint, answer: readiness(context) };
  const refusal = refusalBeforeBody(request, match, context.endpoints[endpoint], context);
  if (refusal !== undefined) return { endpoint, answer: refusal };
  const admitted = context.admission.admit();
  if (admitted === undefined) return { endpoint, answer: overloaded };
  try {
    return { endpoint, answer: await serve(request, context.endpoints[endpoint], match, admitted) };
  } finally {
    admitted.release();
  }
}

export function writeAnswer(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers);
  response.end(body);
}

function refusalBeforeBody(
  request: IncomingMessage,
  { application }: EndpointMatch,
  endpoint: Endpoint,
  context: RequestContext,
): Answer | undefined {
  const isChecked = context.clientCertificateCheck === 'subject' && application !== undefined;
  const refusal = isChecked && clientCertificateRefusal(request.rawHeaders, application);
  if (refusal) return refusal;
  if (request.method !== endpoint.method) return methodNotAllowed(endpoint.method);
  if (!context.hasRoutes()) return routesUnknown;
  if (application === undefined || context.isKnownApplication(application)) return undefined;
  return applicationNotFound(application);
}

async function serve(
  request: IncomingMessage,
  endpoint: Endpoint,
  { application = '' }: EndpointMatch,
  admitted: AdmittedRequest,
): Promise<Answer | undefined> {
  const read = await readBody(request, endpoint.maxBodyBytes, (bytes) => admitted.hold(bytes));
  switch (read.kind) {
    case 'read':
      return endpoint.handle({ application, rawHeaders: request.rawHeaders, body: read.body });
    case 'too-large':
      return endpoint.tooLarge;
    case 'overloaded':
      return overloaded;
    case 'aborted':
      return undefined;
  }
}

function readiness(context: RequestContext): Answer {
  const reasons = context.notReadyReasons();
  return reasons.length === 0 ? healthy : jsonAnswer(503, { reasons });
}
