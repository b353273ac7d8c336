/** What a Broker chooses of its stream. */
export interface StreamSettings {
  readonly storage: 'file' | 'memory';
  readonly replicas: number;
  readonly maxBytes: number;
  /** 0 = no limit. */
  readonly maxAgeMs: number;
  readonly duplicateWindowMs: number;
  readonly maxConsumers: number;
  /** `consumed`: an event goes when every Trigger has acknowledged it. `kept`: it goes by age and bytes. */
  readonly retention: 'consumed' | 'kept';
}

/**
 * The window must outlast ack wait plus one slow delivery (a reply published again is recognised by its id);
 * `maxConsumers` must be explicit, because newer servers default to 1000 and 2.9 cannot change it later.
 */
export const defaultStreamSettings: StreamSettings = {
  storage: 'file',
  replicas: 1,
  maxBytes: 1024 ** 3,
  maxAgeMs: 0,
  duplicateWindowMs: 120_000,
  maxConsumers: 10_000,
  retention: 'consumed',
};
