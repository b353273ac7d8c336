import type { KubeClient } from '@jetmesh/kube-controller';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { applyManifests } from '../client/apply-manifests.ts';
import { exposeService } from '../client/expose-service.ts';
import { sendCloudEvent, sendLegacyEvent } from '../client/send-event.ts';
import { until } from '../client/until.ts';
import { switchApplications } from '../switch/switch-applications.ts';
import type { SwitchRequest } from '../switch/switch-request.ts';
import { checkDeliveries, type DeliveryCheck, type ExpectedDelivery } from './check-deliveries.ts';
import { demoHeading, demoLine } from './demo-log.ts';
import { demoIsMissing } from './demo-readiness.ts';
import { sendsAfterSwitch, sendsBeforeSwitch, type DemoSend } from './demo-script.ts';
import type { Delivery } from './demo-subscriber.ts';

export interface DemoSurroundings {
  readonly client: KubeClient;
  readonly adapter: string;
  readonly examples: string;
  readonly subscriberPort: number;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

const readyTimeoutMs = 30_000;
const deliveryTimeoutMs = 15_000;
/** How long a delivery that nobody expects may take to show up. */
const surplusMs = 500;

/** The story of the demo: applies the quickstart, sends on both paths, switches, sends again, and checks every delivery. */
export class Demo {
  readonly #surroundings: DemoSurroundings;
  readonly #sent = new Map<string, DemoSend & { sentAt: number }>();
  readonly #expected: ExpectedDelivery[] = [];
  readonly #received: ExpectedDelivery[] = [];
  /** Lines of deliveries that came before the answer to their send: they are printed after it. */
  #early: string[] | undefined;

  constructor(surroundings: DemoSurroundings) {
    this.#surroundings = surroundings;
  }

  async run(): Promise<DeliveryCheck> {
    const { print } = this.#surroundings;
    await this.#applyQuickstart();
    print(demoHeading());
    for (const send of sendsBeforeSwitch) await this.#send(send);
    await this.#untilDelivered();

    print('— switch: jetmesh switch commerce --to mesh --endpoint legacy');
    await this.#switchToMesh();
    for (const send of sendsAfterSwitch) await this.#send(send);
    await this.#untilDelivered();
    await delay(surplusMs);
    return checkDeliveries(this.#expected, this.#received);
  }

  get sentCount(): number {
    return this.#sent.size;
  }

  get receivedCount(): number {
    return this.#received.length;
  }

  /** To be called for each request that the subscriber receives. */
  onDelivery(delivery: Delivery): void {
    const { id, subscriber, type, receivedAt } = delivery;
    this.#received.push({ id, subscriber });
    const send = this.#sent.get(id);
    const line = demoLine({
      at: new Date(receivedAt),
      what: 'received',
      path: send?.path ?? 'mesh',
      endpoint: send?.endpoint ?? '',
      type,
      id,
      detail: `${subscriber}${send === undefined ? '' : ` after ${receivedAt - send.sentAt} ms`}`,
    });
    if (this.#early === undefined) this.#surroundings.print(line);
    else this.#early.push(line);
  }

  async #applyQuickstart(): Promise<void> {
    const { client, examples, subscriberPort } = this.#surroundings;
    await applyManifests(client, examples);
    await exposeService(client, { name: 'subscriber', namespace: 'shop', port: subscriberPort });
    await until(() => demoIsMissing(client), readyTimeoutMs);
  }

  async #switchToMesh(): Promise<void> {
    const { client, print, signal } = this.#surroundings;
    const request: SwitchRequest = {
      selection: { kind: 'application', name: 'commerce' },
      to: 'mesh',
      endpoints: ['legacy'],
      isPlanOnly: false,
      isForced: false,
      waitMs: readyTimeoutMs,
      busBroker: 'kyma-system/event-bus',
    };
    await switchApplications(request, { client, signal, print });
  }

  async #send(send: DemoSend): Promise<void> {
    const { adapter, print } = this.#surroundings;
    const event = {
      application: 'commerce',
      type: send.type,
      id: randomUUID(),
      data: JSON.stringify({ orderCode: '42' }),
    };
    const sentAt = Date.now();
    this.#early = [];
    this.#sent.set(event.id, { ...send, sentAt });
    this.#expected.push(...send.subscribers.map((subscriber) => ({ id: event.id, subscriber })));
    const answer =
      send.endpoint === '/commerce/events'
        ? await sendCloudEvent(adapter, event)
        : await sendLegacyEvent(adapter, { ...event, version: 'v1', time: new Date() });
    print(
      demoLine({
        at: new Date(sentAt),
        what: 'sent',
        ...send,
        id: event.id,
        detail: `${answer.status}  (${send.title})`,
      }),
    );
    this.#early.forEach(print);
    this.#early = undefined;
  }

  async #untilDelivered(): Promise<void> {
    await until(() => {
      const { missing } = checkDeliveries(this.#expected, this.#received);
      return Promise.resolve(missing.length === 0 ? undefined : `${missing.length} missing`);
    }, deliveryTimeoutMs).catch(() => undefined);
  }
}
