import {
  carriedHeaders,
  decodeEvents,
  withAttributes,
  type CloudEvent,
} from '@jetmesh/cloudevents-http';
import { aliasAttributes, aliasesOfCloudEvent, namelessTypeProblem } from '../forward/aliases.ts';
import { forwardEvent } from '../forward/forward-event.ts';
import { brokersFor, shadowBrokersFor, typeNameIn } from '../routing/route-table.ts';
import { emptyAnswer, jsonAnswer, type Answer } from '../server/answer.ts';
import type { Endpoint, EndpointRequest } from '../server/endpoint.ts';
import { publisherProxyText, sentAttributes } from './cloud-event-refusal.ts';
import { publisherProxyFailure } from './publisher-proxy-failure.ts';
import { withRoutes, type RoutingContext } from './routing-context.ts';

const stored = emptyAnswer(204);

/** `POST /publish`: Kyma's Event Publishing Proxy. The event's own source says whose it is. */
export function publishEndpoint(context: RoutingContext, maxBodyBytes: number): Endpoint {
  return {
    method: 'POST',
    maxBodyBytes,
    tooLarge: messageAnswer(413, 'http: request body too large'),
    handle: (request) => publish(request, context),
  };
}

function publish(
  { rawHeaders, body }: EndpointRequest,
  context: RoutingContext,
): Promise<Answer> | Answer {
  const decoded = decodeEvents(rawHeaders, body);
  if (decoded.kind === 'refused') {
    if (decoded.code === 415) return messageAnswer(415, `${decoded.field}: ${decoded.rule}`);
    const sent = sentAttributes(rawHeaders, body, decoded.index);
    return messageAnswer(400, publisherProxyText(sent, decoded));
  }
  const [event] = decoded.events;
  return decoded.mode === 'batched' || event === undefined
    ? messageAnswer(400, 'unknown Message encoding')
    : forward(event, carriedHeaders(rawHeaders), context);
}

function forward(
  event: CloudEvent,
  carried: readonly string[],
  context: RoutingContext,
): Promise<Answer> {
  const source = event.attributes.get('source') ?? '';
  const type = event.attributes.get('type') ?? '';
  return withRoutes(context.routes, async (table) => {
    const application = table.applications.get(source);
    const typeNameOf = (name: string) => typeNameIn(table, name);
    const aliases = aliasesOfCloudEvent(source, type, typeNameOf);
    if (aliases.standard === undefined && aliases.exact === undefined) {
      return messageAnswer(400, namelessTypeProblem(typeNameOf(source), type));
    }
    const aliased = withAttributes(event, aliasAttributes(aliases));
    const outcome = await forwardEvent(context.poster, brokersFor(table, application, 'publish'), {
      event: aliased,
      hasSenderId: true,
      carried,
    });
    if (outcome.kind === 'stored') {
      context.showShadow(shadowBrokersFor(table, application, 'publish'), aliased);
      return stored;
    }
    context.onForwardFailure(outcome);
    return publisherProxyFailure(outcome);
  });
}

function messageAnswer(status: number, message: string): Answer {
  return jsonAnswer(status, { status, message });
}
