import type { CloudEvent } from '@jetmesh/cloudevents-http';
import { type EventType, eventTypeKind } from '@jetmesh/eventing-api';
import { isAlreadyExists, type KubeClient } from '@jetmesh/kube-controller';
import type { Logger } from '@jetmesh/service-runtime';
import { createHash } from 'node:crypto';
import type { BrokerEntry } from './broker-directory.ts';

export interface EventTypeRecorderOptions {
  readonly client: Pick<KubeClient, 'create'>;
  readonly logger: Logger;
}

/** Types and sources are chosen by senders: beyond this many of one ingress no new one is recorded. */
const mostKnown = 10_000;
const mostWaiting = 1_000;
const longestNameLength = 253;

/**
 * Creates an EventType for each (Broker, type, source) that is seen the first time, one after another and beside the
 * way of events: nobody waits for it, and what does not fit into its bounds is left out. A failed one is tried again
 * when its event comes again.
 */
export class EventTypeRecorder {
  readonly #options: EventTypeRecorderOptions;
  readonly #known = new Set<string>();
  #waitingCount = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(options: EventTypeRecorderOptions) {
    this.#options = options;
  }

  see(broker: BrokerEntry, { attributes }: CloudEvent): void {
    const type = attributes.get('type') ?? '';
    const source = attributes.get('source') ?? '';
    const key = `${broker.uid}\0${type}\0${source}`;
    if (this.#known.has(key) || this.#known.size >= mostKnown) return;
    if (this.#waitingCount >= mostWaiting) return;
    this.#known.add(key);
    this.#waitingCount += 1;
    const schema = attributes.get('dataschema');
    const eventType = eventTypeOf(broker, { type, source, schema });
    this.#last = this.#last.then(() => this.#create(key, eventType));
  }

  /** Resolves when nothing waits any more. */
  async settled(): Promise<void> {
    await this.#last;
  }

  async #create(key: string, eventType: EventType): Promise<void> {
    try {
      await this.#options.client.create(eventTypeKind, eventType);
    } catch (err) {
      if (isAlreadyExists(err)) return;
      this.#known.delete(key);
      this.#options.logger.warn('EventType not created', { name: eventType.metadata.name, err });
    } finally {
      this.#waitingCount -= 1;
    }
  }
}

/** Named as Knative names it, so that two replicas, and Knative, make one. */
function eventTypeOf(
  { namespace, name, uid }: BrokerEntry,
  { type, source, schema }: { type: string; source: string; schema: string | undefined },
): EventType {
  const hash = createHash('md5').update(`${type}${source}${namespace}${name}`).digest('hex');
  const reference = { apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name };
  return {
    apiVersion: 'eventing.knative.dev/v1beta2',
    kind: 'EventType',
    metadata: {
      name: `et-${name}-${hash}`.slice(-longestNameLength).replace(/^[^a-z0-9]+/, ''),
      namespace,
      ownerReferences: [{ ...reference, uid }],
    },
    spec: {
      type,
      source,
      ...(schema === undefined ? {} : { schema }),
      description: 'Event Type auto-created by controller',
      reference: { ...reference, namespace },
    },
  };
}
