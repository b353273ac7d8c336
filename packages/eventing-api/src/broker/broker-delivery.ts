import type { DeliverySpec } from '../delivery/delivery-spec.ts';
import { jetmeshAnnotations } from '../jetmesh-annotations.ts';
import type { Broker } from './broker.ts';

/**
 * The delivery options that hold for a Broker: its own, else the defaults that the trigger controller found for it and
 * wrote into its status. Its dead letter sink is resolved in status beside them.
 */
export function deliveryOfBroker({ spec, status }: Broker): DeliverySpec | undefined {
  if (spec?.delivery !== undefined) return spec.delivery;
  const defaults = status?.annotations?.[jetmeshAnnotations.defaultDelivery];
  return defaults === undefined ? undefined : parsed(defaults);
}

function parsed(json: string): DeliverySpec | undefined {
  try {
    return JSON.parse(json) as DeliverySpec;
  } catch {
    return undefined;
  }
}
