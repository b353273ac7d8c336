import type { Trigger } from '@jetmesh/eventing-api';

/** The Broker that a Trigger names, of its own Namespace unless `brokerRef` says another. */
export interface NamedBroker {
  readonly namespace: string;
  readonly name: string;
  readonly isElsewhere: boolean;
}

export function brokerNamedBy({ metadata, spec }: Trigger): NamedBroker {
  const { broker, brokerRef } = spec;
  const own = metadata.namespace ?? '';
  const namespace = brokerRef?.namespace ?? own;
  const name = broker ?? brokerRef?.name ?? 'default';
  return { namespace, name, isElsewhere: namespace !== own };
}
