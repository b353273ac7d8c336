/** Every annotation that Jetmesh itself defines, on objects (`onObject`) and in `status.annotations` (`inStatus`). */
export const jetmeshAnnotations = {
  /** On a Trigger: which generation of subscriber it delivers to; see `DeliveryProfile`. */
  deliveryProfile: 'jetmesh.dev/delivery-profile',
  /** On a Trigger: requests open at its subscriber at once, over all dispatchers. */
  maxInFlight: 'jetmesh.dev/max-in-flight',
  /** On a Trigger: `unordered`, `ordered`, or `by-key`, which orders events of one `orderKey`. */
  deliveryOrder: 'jetmesh.dev/delivery-order',
  /** On a Trigger: the attribute whose value is the key of `by-key`. */
  orderKey: 'jetmesh.dev/order-key',
  /** On a Trigger: attempts begun in a time, as `100/s` or `30/m`. */
  rateLimit: 'jetmesh.dev/rate-limit',
  /** On a Trigger: which events it gets that are older than itself; see `StartFrom`. */
  startFrom: 'jetmesh.dev/start-from',
  /** On a Trigger: "true" makes a 2xx whose body is no event a failed delivery, as the reference does. */
  strictReplies: 'jetmesh.dev/strict-replies',
  /** On a Trigger or a Subscription: "true" keeps its events where they are until it is taken away. */
  paused: 'jetmesh.dev/paused',
  /** On a Subscription: how long its Triggers may take to deliver what they have before they are deleted (ISO 8601). */
  drainTimeout: 'jetmesh.dev/drain-timeout',
  /** On a Trigger of the bridge: name of the Kyma Subscription, sent as `Kyma-Subscription` when present. */
  subscriptionNameHeader: 'jetmesh.dev/subscription-name-header',
  /** On a Broker: `source-and-id` stores events with the same `source` and `id` once; `none` does not. */
  deduplication: 'jetmesh.dev/deduplication',
  /** On a Broker: hops that a new event may make through replies. */
  eventTimeToLive: 'jetmesh.dev/event-ttl',
  /** On a Trigger, or on a Broker for its Triggers: how long a dead letter sink may stay down (ISO 8601). */
  deadLetterTimeout: 'jetmesh.dev/dead-letter-timeout',
  /** On a Trigger: bytes of its stream that it may hold; its oldest events beyond are parked. */
  maxBacklogBytes: 'jetmesh.dev/max-backlog-bytes',
  /** On a Trigger: how old an event may become in its stream before it is parked (ISO 8601). */
  maxBacklogAge: 'jetmesh.dev/max-backlog-age',
  /** In status of a Trigger: what is to be parked of its backlog; see `parkUpToOf`. */
  parkUpTo: 'jetmesh.dev/park-up-to',
  /** In status of a Trigger: how many of its events are parked, and when the oldest of them was. */
  deadLetters: 'jetmesh.dev/dead-letters',
  oldestDeadLetter: 'jetmesh.dev/oldest-dead-letter',
  /** On a Broker: "true" lets its deletion drop what is not delivered. */
  forceDelete: 'jetmesh.dev/force-delete',
  /** In status of a Broker: delivery options that hold for it although its spec says none, as JSON. */
  defaultDelivery: 'jetmesh.dev/default-delivery',
  /** In status: name of the Broker's stream. */
  stream: 'jetmesh.dev/stream',
  /** In status of a Trigger: name of its durable consumer. */
  consumer: 'jetmesh.dev/consumer',
  /**
   * In status of a Broker with many Triggers, and of those: the stream whose one consumer they share. `stream` and
   * `consumer` of such a Trigger then hold what it could not deliver at once.
   */
  sharedStream: 'jetmesh.dev/shared-stream',
} as const;

/**
 * What a subscriber sees of an event. `cloudevents`: the event as stored (aliases removed), replies honoured.
 * The Kyma profiles ignore response bodies and present the event as that generation expects it:
 * `kyma-legacy` with `KYMA-*` headers, `kyma-exact` (v1alpha1) and `kyma-standard` (v1alpha2) with the type restored.
 */
export type DeliveryProfile = 'cloudevents' | 'kyma-legacy' | 'kyma-exact' | 'kyma-standard';
