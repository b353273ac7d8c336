import type { DeliveryPlan } from './delivery-plan.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { UnorderedQueue } from './unordered-queue.ts';

/** Events that a Trigger with an order holds at most, at least: enough for keys that do not wait for each other. */
const fewestHeldByKey = 64;
const heldInOrder = 16;

/** How many events a Trigger holds at once, open or waiting. */
export function heldCountOf({ order, maxInFlight }: DeliveryPlan): number {
  switch (order.kind) {
    case 'unordered':
      return 2 * maxInFlight;
    case 'ordered':
      return heldInOrder;
    case 'by-key':
      return Math.max(fewestHeldByKey, 2 * maxInFlight);
  }
}

export function createDeliveryQueue(
  plan: DeliveryPlan,
  onReady: () => void,
): UnorderedQueue | KeyedQueue {
  const { order } = plan;
  const maxWaiting = heldCountOf(plan) / 2;
  switch (order.kind) {
    case 'unordered':
      return new UnorderedQueue();
    case 'ordered':
      return new KeyedQueue({ keyOf: () => '', maxWaiting, makesRoom: false, onReady });
    case 'by-key': {
      const { attribute } = order;
      return new KeyedQueue({
        keyOf: ({ event }) => event.attributes.get(attribute),
        maxWaiting,
        makesRoom: true,
        onReady,
      });
    }
  }
}
