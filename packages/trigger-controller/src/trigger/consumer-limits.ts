import type { ConsumerSettings } from '@jetmesh/jetstream';

type Limits = Omit<ConsumerSettings, 'start'>;

const ackWaitMs = 30_000;

/** Events in flight and those that wait for a retry, over all dispatchers; many, since a retry may wait for long. */
export const ownConsumerLimits: Limits = { maxAckPending: 1_000, ackWaitMs };

/** Events of a thousand members that are open at their subscribers, on all replicas. */
export const sharedConsumerLimits: Limits = { maxAckPending: 50_000, ackWaitMs };
