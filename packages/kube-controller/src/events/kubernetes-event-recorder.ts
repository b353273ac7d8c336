import { eventKind, objectKey, type KubernetesObject } from '@jetmesh/eventing-api';
import { createHash } from 'node:crypto';
import type { KubeClient } from '../client/kube-client.ts';
import type { Logger } from '../logger.ts';

export interface RecordedEvent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** A core/v1 Event. */
interface KubernetesEvent extends KubernetesObject {
  involvedObject: object;
  reason: string;
  message: string;
  type: string;
  source: { component: string };
  firstTimestamp: string;
  lastTimestamp: string;
  count: number;
  reportingComponent: string;
  reportingInstance: string;
}

const remembersAtMost = 1_000;
const pendingAtMost = 100;

/**
 * Writes Kubernetes Events about objects. The same event about the same object is one Event whose count grows. It never
 * throws and never holds its caller up: an Event that cannot be written is logged and given up.
 */
export class KubernetesEventRecorder {
  readonly #client: KubeClient;
  readonly #component: string;
  readonly #logger: Logger;
  readonly #counts = new Map<string, number>();
  #pendingCount = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(options: { client: KubeClient; component: string; logger: Logger }) {
    this.#client = options.client;
    this.#component = options.component;
    this.#logger = options.logger;
  }

  record(object: KubernetesObject, event: RecordedEvent): void {
    if (this.#pendingCount >= pendingAtMost) return;
    this.#pendingCount += 1;
    this.#last = this.#last
      .then(() => this.#write(object, event))
      .finally(() => {
        this.#pendingCount -= 1;
      });
  }

  async #write(object: KubernetesObject, event: RecordedEvent): Promise<void> {
    const written = this.#eventOf(object, event, new Date().toISOString().replace(/\.\d+Z/, 'Z'));
    const key = objectKey(written.metadata);
    try {
      const { count, lastTimestamp } = written;
      const isRepeated = count > 1 && (await this.#client.get(eventKind, key)) !== undefined;
      if (isRepeated) await this.#client.mergePatch(eventKind, key, { count, lastTimestamp });
      else await this.#client.create(eventKind, written);
    } catch (err) {
      this.#logger.warn('Kubernetes event not written', { reason: event.reason, key, err });
    }
  }

  #eventOf(object: KubernetesObject, event: RecordedEvent, now: string): KubernetesEvent {
    const { name, namespace = 'default', uid = '', resourceVersion } = object.metadata;
    const identity = [uid, event.type, event.reason, event.message].join('\0');
    const suffix = createHash('sha256').update(identity).digest('hex').slice(0, 16);
    return {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${name}.${suffix}`, namespace },
      involvedObject: {
        apiVersion: object.apiVersion,
        kind: object.kind,
        name,
        namespace,
        uid,
        resourceVersion,
      },
      ...event,
      source: { component: this.#component },
      reportingComponent: this.#component,
      reportingInstance: '',
      firstTimestamp: now,
      lastTimestamp: now,
      count: this.#count(suffix),
    };
  }

  #count(suffix: string): number {
    const count = (this.#counts.get(suffix) ?? 0) + 1;
    this.#counts.delete(suffix);
    this.#counts.set(suffix, count);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > remembersAtMost && oldest !== undefined) this.#counts.delete(oldest);
    return count;
  }
}
