import type { Subscription, Trigger } from '@jetmesh/eventing-api';
import { codeAnswer, jsonAnswer, type Answer } from '../server/answer.ts';
import type { Endpoint } from '../server/endpoint.ts';
import { eventsOfSubscription } from '../subscribed/events-of-subscription.ts';
import { eventsOfTrigger } from '../subscribed/events-of-trigger.ts';
import type { SubscribedEvent } from '../subscribed/subscribed-event.ts';

/** Where Subscriptions and Triggers are known from. */
export interface Subscribers {
  readonly hasSynced: boolean;
  subscriptions(): readonly Subscription[];
  triggers(): readonly Trigger[];
}

const notLoaded = codeAnswer(500, 'Subscriptions and Triggers are not loaded yet.');
const tooLarge = codeAnswer(413, 'Request body too large');

/** `GET /<app>/v1/events/subscribed`: what is subscribed to on the bus or on the mesh, each event once. */
export function subscribedEventsEndpoint(subscribers: Subscribers, maxBodyBytes: number): Endpoint {
  return {
    method: 'GET',
    maxBodyBytes,
    tooLarge,
    handle: ({ application }) => answer(application, subscribers),
  };
}

function answer(application: string, subscribers: Subscribers): Answer {
  if (!subscribers.hasSynced) return notLoaded;
  const events = [
    ...subscribers.subscriptions().flatMap((one) => eventsOfSubscription(application, one)),
    ...subscribers.triggers().flatMap((trigger) => eventsOfTrigger(application, trigger)),
  ];
  return jsonAnswer(200, { eventsInfo: unique(events) });
}

function unique(events: readonly SubscribedEvent[]): SubscribedEvent[] {
  const byKey = new Map(
    events.map((event) => [JSON.stringify([event.name, event.version]), event]),
  );
  return [...byKey.values()];
}
