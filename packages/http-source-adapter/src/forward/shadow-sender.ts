import { encodeBinary, type CloudEvent } from '@jetmesh/cloudevents-http';
import type { BrokerRoute } from '../routing/broker-route.ts';
import type { BrokerPoster } from './forward-event.ts';

export interface ShadowSenderOptions {
  readonly poster: BrokerPoster;
  /** What the ingress asks for; nobody else has it. */
  readonly token: string;
  /** Posts under way at once; more are dropped. */
  readonly maxOutstanding: number;
  readonly onResult: (result: ShadowResult) => void;
}

export const shadowResults = ['sent', 'dropped', 'failed'] as const;
export type ShadowResult = (typeof shadowResults)[number];

const noData = Buffer.alloc(0);

/**
 * Shows an event that the bus has stored to the Triggers of the mesh, and of the bus for comparison; none delivers it
 * (decision 0006). Nobody waits for it, and losing one costs a count. The data stays here: filters see attributes only.
 */
export class ShadowSender {
  readonly #options: ShadowSenderOptions;
  #outstanding = 0;

  constructor(options: ShadowSenderOptions) {
    this.#options = options;
  }

  send(brokers: readonly BrokerRoute[], event: CloudEvent): void {
    for (const broker of brokers) this.#sendTo(broker, event);
  }

  #sendTo(broker: BrokerRoute, { attributes }: CloudEvent): void {
    const { poster, token, maxOutstanding, onResult } = this.#options;
    if (broker.kind === 'unaddressed' || this.#outstanding >= maxOutstanding) {
      onResult('dropped');
      return;
    }
    const { headers } = encodeBinary({ attributes, data: undefined });
    headers.push('jetmesh-shadow-token', token);
    const { origin, path } = broker.address;
    const address = { origin, path: `${path.replace(/\/$/, '')}/shadow` };
    this.#outstanding += 1;
    void poster
      .post({ ...broker, address }, { headers, body: noData })
      .then(({ kind }) => onResult(kind === 'stored' ? 'sent' : 'failed'))
      .finally(() => (this.#outstanding -= 1));
  }
}
