import type { IncomingMessage, ServerResponse } from 'node:http';
import { shadowSubject } from '@jetmesh/jetstream';
import { admitEvents } from '../admit-events.ts';
import type { Answer } from '../answer.ts';
import { unavailable } from '../answer.ts';
import type { BrokerDirectory } from '../broker-directory.ts';
import { respond } from '../respond.ts';
import { isSameToken } from './is-same-token.ts';

export interface ShadowReceiverOptions {
  /** What the adapter has to show; nobody else can make a shadow event. */
  readonly token: string;
  readonly directory: Pick<BrokerDirectory, 'find'>;
  /** False when there is no connection. */
  readonly publish: (subject: string, text: string) => boolean;
  readonly timeToLive: number;
}

const suffix = '/shadow';
const tokenHeader = 'jetmesh-shadow-token';
const nobody = Buffer.alloc(0);

/**
 * Takes events that every Trigger of a Broker shall judge and none delivers: only their attributes, in binary mode,
 * published where no stream and no consumer looks (decision 0006). An ingress that does not know the path answers 400.
 */
export class ShadowReceiver {
  readonly #options: ShadowReceiverOptions;

  constructor(options: ShadowReceiverOptions) {
    this.#options = options;
  }

  takes({ url = '' }: Pick<IncomingMessage, 'url'>): boolean {
    return url.endsWith(suffix) && url.split('/').length === 4;
  }

  receive(request: IncomingMessage, response: ServerResponse): void {
    respond(request, response, this.#answerTo(request), 'coming');
  }

  #answerTo({ method, url = '', headers, rawHeaders }: IncomingMessage): Answer {
    const { token, directory, publish, timeToLive } = this.#options;
    if (method !== 'POST') return { code: 405 };
    if (!isSameToken(headers[tokenHeader], token)) return { code: 403 };
    const broker = directory.find(url.slice(0, -suffix.length));
    if (broker === undefined) return { code: 404 };
    const admission = admitEvents(rawHeaders, nobody, timeToLive);
    if (admission.kind === 'refused') return admission.answer;
    if (admission.isBatch) return { code: 400, body: { error: 'one event at a time' } };
    const text = JSON.stringify(Object.fromEntries(admission.event.attributes));
    return publish(shadowSubject(broker.uid), text) ? { code: 204 } : unavailable('no NATS');
  }
}
