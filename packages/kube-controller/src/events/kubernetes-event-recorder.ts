import { eventKind, objectKey, type KubernetesObject } from '@jetmesh/eventing-api';
import { randomBytes } from 'node:crypto';
import { isNotFound } from '../client/kube-api-error.ts';
import type { KubeClient } from '../client/kube-client.ts';
import type { Logger } from '../logger.ts';
import { TokenBucket } from '../rate/token-bucket.ts';
import { eventTime, kubernetesEvent, type RecordedEvent } from './kubernetes-event.ts';
import { RecentMap } from './recent-map.ts';

/** One thing that happened to one object, however often. */
interface Series {
  readonly object: KubernetesObject;
  readonly event: RecordedEvent;
  readonly firstAt: Date;
  lastAt: Date;
  count: number;
  /** Key of its Event in the API, once it is written. */
  writtenKey: string | undefined;
  isPending: boolean;
}

const remembersAtMost = 1_000;
const pendingAtMost = 100;
/** client-go's: a burst for each object, then one in five minutes. */
const perObject = { burstCount: 25, perSecond: 1 / 300 };

/**
 * Writes Kubernetes Events about objects. The same event about the same object is one Event whose count grows. It never
 * throws and never holds its caller up; what cannot be written, or is too much, is given up. It needs the verbs `create`
 * and `patch` only.
 */
export class KubernetesEventRecorder {
  readonly #client: KubeClient;
  readonly #component: string;
  readonly #logger: Logger;
  readonly #series = new RecentMap<Series>(remembersAtMost);
  readonly #rates = new RecentMap<TokenBucket>(remembersAtMost);
  #pendingCount = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(options: { client: KubeClient; component: string; logger: Logger }) {
    this.#client = options.client;
    this.#component = options.component;
    this.#logger = options.logger;
  }

  record(object: KubernetesObject, event: RecordedEvent): void {
    const series = this.#seriesOf(object, event);
    series.count += 1;
    series.lastAt = new Date();
    if (series.isPending || this.#pendingCount >= pendingAtMost) return;
    if (!this.#mayWrite(object)) return;
    series.isPending = true;
    this.#pendingCount += 1;
    this.#last = this.#last.then(() => this.#writePending(series));
  }

  #seriesOf(object: KubernetesObject, event: RecordedEvent): Series {
    const key = [identityOf(object), event.type, event.reason, event.message].join('\0');
    return this.#series.getOrMake(key, () => ({
      object,
      event,
      firstAt: new Date(),
      lastAt: new Date(),
      count: 0,
      writtenKey: undefined,
      isPending: false,
    }));
  }

  #mayWrite(object: KubernetesObject): boolean {
    const nowMs = performance.now();
    return this.#rates
      .getOrMake(identityOf(object), () => new TokenBucket(perObject, nowMs))
      .take(nowMs);
  }

  async #writePending(series: Series): Promise<void> {
    series.isPending = false;
    try {
      await this.#write(series);
    } catch (err) {
      const { reason } = series.event;
      const key = objectKey(series.object.metadata);
      this.#logger.warn('Kubernetes event not written', { reason, key, err });
    } finally {
      this.#pendingCount -= 1;
    }
  }

  /** An Event lives for an hour: one that is gone is made anew. */
  async #write(series: Series): Promise<void> {
    const { count, lastAt, writtenKey } = series;
    if (writtenKey !== undefined) {
      const patch = { count, lastTimestamp: eventTime(lastAt) };
      try {
        await this.#client.mergePatch(eventKind, writtenKey, patch);
        return;
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    }
    const suffix = randomBytes(8).toString('hex');
    const occurrence = { ...series, component: this.#component, suffix };
    const written = kubernetesEvent(series.object, series.event, occurrence);
    await this.#client.create(eventKind, written);
    series.writtenKey = objectKey(written.metadata);
  }
}

function identityOf({ kind, metadata }: KubernetesObject): string {
  return [kind, objectKey(metadata), metadata.uid].join('\0');
}
