import type { CloudEvent } from '@jetmesh/cloudevents-http';
import type { StreamMessage } from '@jetmesh/jetstream';

/** An event that a subscription holds. */
export interface HeldDelivery {
  readonly message: StreamMessage;
  readonly event: CloudEvent;
}

/** Which of the deliveries that are held may begin. */
export interface DeliveryQueue {
  add(delivery: HeldDelivery): void;
  /** Takes out the next one that may begin; it is open until it is told to be `settled` or `failed`. */
  next(): HeldDelivery | undefined;
  settled(delivery: HeldDelivery): void;
  /** To be tried again after the delay. */
  failed(delivery: HeldDelivery, delayMs: number): void;
  /** Takes out those up to a sequence that are not open, whatever they wait for. */
  takeUpTo(sequence: number): HeldDelivery[];
  /** Takes out everything that is not open; nothing is added any more. */
  close(): HeldDelivery[];
}
