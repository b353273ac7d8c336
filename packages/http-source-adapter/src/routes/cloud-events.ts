import {
  carriedHeaders,
  decodeEvents,
  withAttributes,
  type CloudEvent,
  type Refusal,
} from '@jetmesh/cloudevents-http';
import { aliasAttributes, aliasesOfCloudEvent } from '../forward/aliases.ts';
import { forwardBatch } from '../forward/forward-batch.ts';
import type { ForwardFailure } from '../forward/forward-outcome.ts';
import {
  brokersFor,
  shadowBrokersFor,
  typeNameIn,
  type RouteTable,
} from '../routing/route-table.ts';
import { emptyAnswer, jsonAnswer, type Answer } from '../server/answer.ts';
import type { Endpoint, EndpointRequest } from '../server/endpoint.ts';
import { applicationNotFound } from '../server/known-answers.ts';
import { sentAttributes, sourceAdapterText } from './cloud-event-refusal.ts';
import { withRoutes, type RoutingContext } from './routing-context.ts';

export interface CloudEventsSettings {
  readonly maxBodyBytes: number;
  now(): Date;
}

const accepted = emptyAnswer(200);
const badGateway = emptyAnswer(502);

/** `POST /<app>/events`: the HTTP source adapter, which forces `source` and accepts CloudEvents 1.0 only. */
export function cloudEventsEndpoint(
  context: RoutingContext,
  settings: CloudEventsSettings,
): Endpoint {
  const { maxBodyBytes } = settings;
  return {
    method: 'POST',
    maxBodyBytes,
    tooLarge: errorAnswer(413, `the body is longer than ${maxBodyBytes} bytes`),
    handle: (request) => receive(request, context, settings),
  };
}

function receive(
  { application: name, rawHeaders, body }: EndpointRequest,
  context: RoutingContext,
  settings: CloudEventsSettings,
): Promise<Answer> | Answer {
  const decoded = decodeEvents(rawHeaders, body);
  if (decoded.kind === 'refused') return refusedAnswer(rawHeaders, body, decoded);
  const refusal = versionRefusal(decoded.events);
  if (refusal !== undefined) return refusal;
  return withRoutes(context.routes, async (table) => {
    const application = table.applications.get(name);
    if (application === undefined) return applicationNotFound(name);
    const carried = carriedHeaders(rawHeaders);
    const events = decoded.events.map((event) => ({
      event: ofApplication(event, name, { table, settings }),
      hasSenderId: true,
      carried,
    }));
    const brokers = brokersFor(table, application, 'events');
    const outcome = await forwardBatch(context.poster, brokers, events);
    if (outcome.kind === 'stored') {
      const shadowed = shadowBrokersFor(table, application, 'events');
      for (const { event } of events) context.showShadow(shadowed, event);
      return accepted;
    }
    context.onForwardFailure(outcome);
    return failureAnswer(outcome);
  });
}

/** The source is the Application, whatever was sent; a time is added where none was sent. */
function ofApplication(
  event: CloudEvent,
  source: string,
  { table, settings }: { table: RouteTable; settings: CloudEventsSettings },
): CloudEvent {
  const { attributes } = event;
  const typeNameOf = (name: string) => typeNameIn(table, name);
  const aliases = aliasesOfCloudEvent(source, attributes.get('type') ?? '', typeNameOf);
  const time = attributes.get('time') ?? settings.now().toISOString();
  return withAttributes(event, { source, time, ...aliasAttributes(aliases) });
}

function refusedAnswer(rawHeaders: readonly string[], body: Buffer, refusal: Refusal): Answer {
  if (refusal.code === 415) return errorAnswer(415, `${refusal.field}: ${refusal.rule}`);
  const text = sourceAdapterText(sentAttributes(rawHeaders, body, refusal.index), refusal);
  return text === undefined ? emptyAnswer(400) : errorAnswer(400, text);
}

/** The decoder also takes CloudEvents 0.3, which this endpoint never did. */
function versionRefusal(events: readonly CloudEvent[]): Answer | undefined {
  const isRefused = events.some(({ attributes }) => attributes.get('specversion') !== '1.0');
  return isRefused ? errorAnswer(400, 'unsupported cloudevents version') : undefined;
}

/** Codes with a meaning of their own reach the sender; everything else is a bad gateway without detail. */
function failureAnswer({ kind, detail, retryAfter }: ForwardFailure): Answer {
  switch (kind) {
    case 'too-large':
      return errorAnswer(413, detail);
    case 'full':
      return errorAnswer(507, detail);
    case 'unavailable':
      return jsonAnswer(503, { error: detail }, { 'retry-after': retryAfter ?? '1' });
    case 'refused':
    case 'no-broker':
    case 'unreachable':
    case 'deadline':
      return badGateway;
  }
}

function errorAnswer(status: number, error: string): Answer {
  return jsonAnswer(status, { error });
}
