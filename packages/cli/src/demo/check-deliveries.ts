export interface ExpectedDelivery {
  readonly id: string;
  readonly subscriber: string;
}

export interface DeliveryCheck {
  readonly missing: readonly ExpectedDelivery[];
  /** Deliveries that nobody asked for, duplicates included. */
  readonly surplus: readonly ExpectedDelivery[];
}

/** Compares what came with what was expected; each expected delivery must come exactly once. */
export function checkDeliveries(
  expected: readonly ExpectedDelivery[],
  received: readonly ExpectedDelivery[],
): DeliveryCheck {
  const missing = [...expected];
  const surplus: ExpectedDelivery[] = [];
  for (const delivery of received) {
    const index = missing.findIndex((one) => isSame(one, delivery));
    if (index === -1) surplus.push(delivery);
    else missing.splice(index, 1);
  }
  return { missing, surplus };
}

function isSame(a: ExpectedDelivery, b: ExpectedDelivery): boolean {
  return a.id === b.id && a.subscriber === b.subscriber;
}
