import type { Trigger } from '@jetmesh/eventing-api';

/** The Broker that a Trigger names: always one of its own Namespace. */
export type NamedBroker =
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'elsewhere'; readonly namespace: string };

export function brokerNamedBy(trigger: Trigger): NamedBroker {
  const { broker, brokerRef } = trigger.spec;
  const namespace = brokerRef?.namespace;
  if (namespace !== undefined && namespace !== trigger.metadata.namespace) {
    return { kind: 'elsewhere', namespace };
  }
  return { kind: 'named', name: broker ?? brokerRef?.name ?? 'default' };
}
