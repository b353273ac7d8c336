import { jetmeshBrokerClass, type Broker, type DeliverySpec } from '@jetmesh/eventing-api';
import type { ObjectReference } from '../cluster/object-reference.ts';
import type { BrokerDefaultsReading } from './broker-defaults.ts';

/** What configures a Broker, its own word before the defaults of its Namespace and cluster. */
export interface BrokerSettings {
  readonly config: ConfigChoice;
  readonly delivery: DeliverySpec | undefined;
  /** The delivery options are defaults: the Broker's spec does not say them. */
  readonly hasDefaultDelivery: boolean;
}

export type ConfigChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'config-map'; readonly reference: ObjectReference }
  /** Somebody else's configuration, which Knative's defaults give to Brokers of every class. */
  | { readonly kind: 'foreign'; readonly title: string }
  | { readonly kind: 'refused'; readonly message: string };

export function brokerSettings(broker: Broker, reading: BrokerDefaultsReading): BrokerSettings {
  const { config, delivery } = broker.spec ?? {};
  const namespace = broker.metadata.namespace ?? '';
  if (reading.kind === 'invalid') {
    const isNeeded = config === undefined || delivery === undefined;
    const refused: ConfigChoice = { kind: 'refused', message: reading.message };
    return {
      config: isNeeded ? refused : choiceOf(config, namespace),
      delivery,
      hasDefaultDelivery: false,
    };
  }
  const fallback = reading.defaults.defaultFor(namespace, jetmeshBrokerClass);
  const mustBeOwn = fallback.disallowDifferentNamespaceConfig === true;
  return {
    config:
      mustBeOwn && isElsewhere(config, namespace)
        ? elsewhere
        : choiceOf(config ?? fallback.config, namespace),
    delivery: delivery ?? fallback.delivery,
    hasDefaultDelivery: delivery === undefined && fallback.delivery !== undefined,
  };
}

type Config = NonNullable<NonNullable<Broker['spec']>['config']>;

const elsewhere: ConfigChoice = {
  kind: 'refused',
  message:
    'spec.config must be of the Namespace of the Broker: config-br-defaults disallows another',
};

function isElsewhere(config: Config | undefined, namespace: string): boolean {
  return config?.namespace !== undefined && config.namespace !== namespace;
}

function choiceOf(config: Config | undefined, brokerNamespace: string): ConfigChoice {
  if (config === undefined) return { kind: 'none' };
  const { apiVersion = 'v1', kind, name, namespace = brokerNamespace } = config;
  if (apiVersion !== 'v1' || kind !== 'ConfigMap') {
    return { kind: 'foreign', title: `${kind} of ${apiVersion}` };
  }
  return { kind: 'config-map', reference: { apiVersion, kind, name, namespace } };
}
