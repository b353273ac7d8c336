/** An event type that somebody subscribes to, as `events/subscribed` lists it. */
export interface SubscribedEvent {
  readonly name: string;
  readonly version: string;
}

/** Cuts `order.created.v1` at its last dot; a type without a dot has no version. */
export function splitVersion(type: string): SubscribedEvent {
  const dot = type.lastIndexOf('.');
  return dot === -1
    ? { name: type, version: '' }
    : { name: type.slice(0, dot), version: type.slice(dot + 1) };
}
