import { triggerDrainAnnotations, type Trigger } from '@jetmesh/eventing-api';
import type { StreamAdmin } from '@jetmesh/jetstream';
import type { ConsumerPlace } from './consumer-place.ts';

export type DrainSighting =
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'draining'; readonly nextLookMs: number }
  | { readonly kind: 'drained'; readonly request: string };

interface Drain {
  readonly request: string;
  /** The newest event when the drain was first seen: later ones do not count. */
  readonly lastSequence: number;
}

const nextLookMs = 300;

/** Tells when everything that was stored before a drain was asked for is settled. */
export class DrainWatch {
  readonly #admin: StreamAdmin;
  readonly #drains = new Map<string, Drain>();

  constructor(admin: StreamAdmin) {
    this.#admin = admin;
  }

  async look(trigger: Trigger, place: ConsumerPlace | undefined): Promise<DrainSighting> {
    const uid = trigger.metadata.uid ?? '';
    const request = trigger.metadata.annotations?.[triggerDrainAnnotations.requested];
    if (request === undefined || place === undefined) {
      this.#drains.delete(uid);
      return { kind: 'not-asked' };
    }
    const done = trigger.status?.annotations?.[triggerDrainAnnotations.drained];
    if (done === request || (await this.#isDrained(uid, request, place))) {
      this.#drains.delete(uid);
      return { kind: 'drained', request };
    }
    return { kind: 'draining', nextLookMs };
  }

  forget(triggerUid: string): void {
    this.#drains.delete(triggerUid);
  }

  async #isDrained(uid: string, request: string, place: ConsumerPlace): Promise<boolean> {
    const { lastSequence } = await this.#drain(uid, request, place.stream);
    const state = await this.#admin.consumerState(place.stream, place.consumer);
    if (state === undefined) return true;
    const isIdle = state.numPending === 0 && state.numAckPending === 0;
    return isIdle || state.ackFloorStreamSequence >= lastSequence;
  }

  async #drain(uid: string, request: string, stream: string): Promise<Drain> {
    const known = this.#drains.get(uid);
    if (known?.request === request) return known;
    const state = await this.#admin.streamState(stream);
    const drain = { request, lastSequence: state?.lastSequence ?? 0 };
    this.#drains.set(uid, drain);
    return drain;
  }
}
