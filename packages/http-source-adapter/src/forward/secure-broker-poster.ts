import type { HttpMessage } from '@jetmesh/cloudevents-http';
import { Agent, type Dispatcher } from 'undici';
import type { AddressedBroker } from '../routing/broker-route.ts';
import type { BrokerClientSettings } from './broker-client-settings.ts';
import { outcomeOfAnswer, type ForwardOutcome } from './forward-outcome.ts';

/** POSTs messages to Brokers behind TLS. */
export class SecureBrokerPoster {
  readonly #timeoutMs: number;
  readonly #agent: Agent;

  constructor({ timeoutMs, maxConnectionsPerOrigin }: BrokerClientSettings) {
    this.#timeoutMs = timeoutMs;
    this.#agent = new Agent({
      connections: maxConnectionsPerOrigin,
      // The deadline of a post is its own timer; undici's would only add two more per request.
      headersTimeout: 0,
      bodyTimeout: 0,
      connectTimeout: timeoutMs,
    });
  }

  post({ key, address }: AddressedBroker, { headers, body }: HttpMessage): Promise<ForwardOutcome> {
    return new Promise((resolve) => {
      const post = new Post(key, this.#timeoutMs, resolve);
      const { origin, path } = address;
      this.#agent.dispatch({ origin, path, method: 'POST', headers, body }, post);
    });
  }

  close(): Promise<void> {
    return this.#agent.close();
  }
}

/** One request: settles once, by the answer, an error or the deadline, whichever is first. */
class Post implements Dispatcher.DispatchHandler {
  readonly #brokerKey: string;
  readonly #settle: (outcome: ForwardOutcome) => void;
  readonly #timer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #retryAfter: string | undefined;
  #isOver = false;

  constructor(brokerKey: string, timeoutMs: number, settle: (outcome: ForwardOutcome) => void) {
    this.#brokerKey = brokerKey;
    this.#settle = settle;
    this.#timer = setTimeout(() => this.#onDeadline(timeoutMs), timeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isOver) controller.abort(new Error('The deadline passed without a connection'));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    const retryAfter = headers['retry-after'];
    this.#status = status;
    this.#retryAfter = typeof retryAfter === 'string' ? retryAfter : undefined;
  }

  onResponseData(): void {
    // A Broker's answer is its status; the body is read only to free the connection.
  }

  onResponseEnd(): void {
    this.#end(outcomeOfAnswer(this.#brokerKey, this.#status, this.#retryAfter));
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#end({ kind: 'unreachable', detail: `Broker "${this.#brokerKey}": ${error.message}` });
  }

  #onDeadline(timeoutMs: number): void {
    const detail = `Broker "${this.#brokerKey}" did not answer within ${timeoutMs} ms`;
    this.#end({ kind: 'deadline', detail });
    this.#controller?.abort(new Error(detail));
  }

  #end(outcome: ForwardOutcome): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#settle(outcome);
  }
}
