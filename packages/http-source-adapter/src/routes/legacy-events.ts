import { carriedHeaders, withAttributes, type CloudEvent } from '@jetmesh/cloudevents-http';
import { aliasAttributes, aliasesOfLegacyEvent } from '../forward/aliases.ts';
import { forwardEvent } from '../forward/forward-event.ts';
import { extensionsOfHeaders } from '../legacy/extensions-of-headers.ts';
import { payloadTooLarge, type LegacyError } from '../legacy/legacy-error.ts';
import type { LegacyApi, LegacyEvent } from '../legacy/legacy-event.ts';
import { legacyFailureAnswer } from './legacy-failure-answer.ts';
import { legacyToCloudEvent } from '../legacy/legacy-to-cloud-event.ts';
import { readLegacyEvent } from '../legacy/read-legacy-event.ts';
import {
  brokersFor,
  shadowBrokersFor,
  type ApplicationRoute,
  type RouteTable,
} from '../routing/route-table.ts';
import { jsonAnswer, type Answer } from '../server/answer.ts';
import type { Endpoint, EndpointRequest } from '../server/endpoint.ts';
import { applicationNotFound } from '../server/known-answers.ts';
import { withRoutes, type RoutingContext } from './routing-context.ts';

export interface LegacyEventsContext extends RoutingContext {
  newId(): string;
  /** False only when it is known that no Trigger of this Broker can match. */
  canBeReceived(brokerKey: string, attributes: ReadonlyMap<string, string>): boolean;
}

/** `POST /<app>/v1/events` and `/v2/events`: the event service, the outside face of the event bus. */
export function legacyEventsEndpoint(
  api: LegacyApi,
  context: LegacyEventsContext,
  maxBodyBytes: number,
): Endpoint {
  return {
    method: 'POST',
    maxBodyBytes,
    tooLarge: errorAnswer(payloadTooLarge),
    handle: (request) => receive(api, request, context),
  };
}

function receive(
  api: LegacyApi,
  { application: name, rawHeaders, body }: EndpointRequest,
  context: LegacyEventsContext,
): Promise<Answer> | Answer {
  const read = readLegacyEvent(api, body.toString());
  if (read.kind === 'refused') return errorAnswer(read.error);
  return withRoutes(context.routes, async (table) => {
    const application = table.applications.get(name);
    if (application === undefined) return applicationNotFound(name);
    return forward(read.event, rawHeaders, { table, application, context });
  });
}

interface ForwardingRequest {
  readonly table: RouteTable;
  readonly application: ApplicationRoute;
  readonly context: LegacyEventsContext;
}

async function forward(
  legacyEvent: LegacyEvent,
  rawHeaders: readonly string[],
  { table, application, context }: ForwardingRequest,
): Promise<Answer> {
  const id = legacyEvent.id ?? context.newId();
  const event = storedForm(legacyEvent, id, { application, rawHeaders });
  const path = application.paths.legacy;
  const outcome = await forwardEvent(context.poster, brokersFor(table, application, 'legacy'), {
    event,
    hasSenderId: legacyEvent.id !== undefined,
    carried: carriedHeaders(rawHeaders),
  });
  if (outcome.kind !== 'stored') {
    context.onForwardFailure(outcome);
    return legacyFailureAnswer(path, outcome);
  }
  context.showShadow(shadowBrokersFor(table, application, 'legacy'), event);
  if (path === 'mesh') return successAnswer(id, { status: '', reason: '' });
  const isReceived = context.canBeReceived(table.bus.key, event.attributes);
  return successAnswer(id, isReceived ? published : ignored);
}

function storedForm(
  legacyEvent: LegacyEvent,
  id: string,
  from: { application: ApplicationRoute; rawHeaders: readonly string[] },
): CloudEvent {
  const { name: application, typeName } = from.application;
  const extensions = extensionsOfHeaders(from.rawHeaders);
  const event = legacyToCloudEvent(legacyEvent, { application, id, extensions });
  const { type, typeVersion } = legacyEvent;
  const aliases = aliasesOfLegacyEvent(typeName, type, typeVersion);
  return withAttributes(event, aliasAttributes(aliases));
}

const published = {
  status: 'published',
  reason: 'Message successfully published to the channel',
};

const ignored = {
  status: 'ignored_channel_missing',
  reason: 'Event was ignored as there are no channels',
};

function successAnswer(id: string, told: { status: string; reason: string }): Answer {
  return jsonAnswer(200, { 'event-id': id, ...told });
}

function errorAnswer(error: LegacyError): Answer {
  return jsonAnswer(error.status, error);
}
