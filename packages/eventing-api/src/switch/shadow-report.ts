/** What a dispatcher answers about the shadow events of a source, as JSON. */
export interface ShadowReport {
  readonly counts: readonly ShadowCount[];
  /** Events of kinds that it had no room for. */
  readonly uncountedCount: number;
}

/** How often a kind of event was seen on a Broker's shadow subject, and for which Triggers it would have been. */
export interface ShadowCount {
  /** Key of the Broker. */
  readonly broker: string;
  readonly source: string;
  readonly type: string;
  /** `eventtypeversion`; empty without. */
  readonly version: string;
  readonly count: number;
  /** By key of the Trigger. */
  readonly triggers: Readonly<Record<string, number>>;
}
