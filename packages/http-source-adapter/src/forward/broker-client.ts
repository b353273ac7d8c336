import type { HttpMessage } from '@jetmesh/cloudevents-http';
import type { AddressedBroker } from '../routing/broker-route.ts';
import type { BrokerClientSettings } from './broker-client-settings.ts';
import type { ForwardOutcome } from './forward-outcome.ts';
import { PlainBrokerPoster } from './plain-broker-poster.ts';
import { SecureBrokerPoster } from './secure-broker-poster.ts';

/** POSTs messages to Brokers over kept-alive connections. Never retries: the sender does, with the same event id. */
export class BrokerClient {
  readonly #plain: PlainBrokerPoster;
  readonly #secure: SecureBrokerPoster;

  constructor(settings: BrokerClientSettings) {
    this.#plain = new PlainBrokerPoster(settings);
    this.#secure = new SecureBrokerPoster(settings);
  }

  post(broker: AddressedBroker, message: HttpMessage): Promise<ForwardOutcome> {
    const isSecure = broker.address.origin.startsWith('https:');
    return (isSecure ? this.#secure : this.#plain).post(broker, message);
  }

  /** Waits for what is under way, which the deadline bounds. */
  async close(): Promise<void> {
    await Promise.all([this.#plain.close(), this.#secure.close()]);
  }
}
