/** What a Trigger chooses of its consumer. */
export interface ConsumerSettings {
  /** Events in flight and events that wait for a retry, over all dispatchers. */
  readonly maxAckPending: number;
  /** How long after the crash of a dispatcher others take over. */
  readonly ackWaitMs: number;
  /** Where a new consumer starts; means nothing to one that exists. */
  readonly start:
    | { readonly kind: 'new' }
    | { readonly kind: 'all' }
    | { readonly kind: 'sequence'; readonly sequence: number }
    | { readonly kind: 'time'; readonly time: Date };
}
