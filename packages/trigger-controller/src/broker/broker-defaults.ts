import type { BrokerSpec, ConfigMap, DeliverySpec, KubernetesObject } from '@jetmesh/eventing-api';
import { parse } from 'yaml';

/** What Brokers get that say nothing themselves. */
export interface BrokerDefault {
  readonly brokerClass?: string;
  readonly config?: NonNullable<BrokerSpec['config']>;
  readonly delivery?: DeliverySpec;
  readonly disallowDifferentNamespaceConfig?: boolean;
}

export interface BrokerDefaults {
  /** The class of a Broker that states none. */
  classIn(namespace: string): string | undefined;
  /** Namespace before cluster, and in each a default of the class before the general one. */
  defaultFor(namespace: string, brokerClass: string): BrokerDefault;
}

export type BrokerDefaultsReading =
  | { readonly kind: 'defaults'; readonly defaults: BrokerDefaults }
  | { readonly kind: 'invalid'; readonly message: string };

export const brokerDefaultsName = 'config-br-defaults';
const dataKey = 'default-br-config';

export const noBrokerDefaults: BrokerDefaults = {
  classIn: () => undefined,
  defaultFor: () => ({}),
};

/** Reads Knative's ConfigMap `config-br-defaults`; what it holds beside the defaults means nothing here. */
export function brokerDefaultsOf(configMap: KubernetesObject | undefined): BrokerDefaultsReading {
  const text = (configMap as ConfigMap | undefined)?.data?.[dataKey];
  if (text === undefined) return { kind: 'defaults', defaults: noBrokerDefaults };
  try {
    const fields: unknown = parse(text);
    if (fields === null) return { kind: 'defaults', defaults: noBrokerDefaults };
    if (!isFields(fields)) return invalid('it is no YAML mapping');
    return { kind: 'defaults', defaults: defaultsOf(fields) };
  } catch (error) {
    return invalid((error as Error).message.split('\n')[0] ?? '');
  }
}

type Fields = Readonly<Record<string, unknown>>;

function defaultsOf(fields: Fields): BrokerDefaults {
  const cluster = fieldsAt(fields, 'clusterDefault');
  const namespaces = fieldsAt(fields, 'namespaceDefaults');
  const classOf = (entry: Fields) => textAt(entry, 'brokerClass');
  return {
    classIn: (namespace) => classOf(fieldsAt(namespaces, namespace)) ?? classOf(cluster),
    defaultFor(namespace, brokerClass) {
      const own = fieldsAt(namespaces, namespace);
      const candidates = [
        fieldsAt(fieldsAt(own, 'brokerClasses'), brokerClass),
        (classOf(own) ?? classOf(cluster)) === brokerClass ? own : {},
        fieldsAt(fieldsAt(cluster, 'brokerClasses'), brokerClass),
      ];
      return defaultOf(candidates.find((one) => Object.keys(one).length > 0) ?? cluster);
    },
  };
}

function defaultOf(entry: Fields): BrokerDefault {
  const [apiVersion, kind, name, namespace, brokerClass] = [
    'apiVersion',
    'kind',
    'name',
    'namespace',
    'brokerClass',
  ].map((field) => textAt(entry, field));
  const delivery = deliveryAt(entry);
  const config =
    kind === undefined || name === undefined
      ? undefined
      : { ...defined({ apiVersion, namespace }), kind, name };
  return {
    ...defined({ brokerClass, config, delivery }),
    disallowDifferentNamespaceConfig: entry.disallowDifferentNamespaceConfig === true,
  };
}

/** Knative takes these four from the defaults, and no other. */
function deliveryAt(entry: Fields): DeliverySpec | undefined {
  const { deadLetterSink, retry, backoffPolicy, backoffDelay } = fieldsAt(entry, 'delivery');
  const delivery = defined({ deadLetterSink, retry, backoffPolicy, backoffDelay });
  return Object.keys(delivery).length === 0 ? undefined : (delivery as DeliverySpec);
}

function fieldsAt(fields: Fields, name: string): Fields {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return isFields(value) ? value : {};
}

function textAt(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(message: string): BrokerDefaultsReading {
  return { kind: 'invalid', message: `${dataKey}: ${message}` };
}

function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
