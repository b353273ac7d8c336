import type { ConfigMap } from '@jetmesh/eventing-api';
import type { ObjectStore } from '@jetmesh/kube-controller';
import {
  brokerDefaultsName,
  brokerDefaultsOf,
  type BrokerDefaultsReading,
} from './broker-defaults.ts';

/** Finds `config-br-defaults` in its Namespace, and reads it again only when it changed. */
export class BrokerDefaultsSource {
  readonly #configMaps: Pick<ObjectStore<ConfigMap>, 'get'>;
  readonly #key: string;
  #last: { readonly version: string; readonly reading: BrokerDefaultsReading } | undefined;

  constructor(configMaps: Pick<ObjectStore<ConfigMap>, 'get'>, namespace: string) {
    this.#configMaps = configMaps;
    this.#key = `${namespace}/${brokerDefaultsName}`;
  }

  read(): BrokerDefaultsReading {
    const configMap = this.#configMaps.get(this.#key);
    const { uid = '', resourceVersion = '' } = configMap?.metadata ?? {};
    const version = `${uid} ${resourceVersion}`;
    if (this.#last?.version === version) return this.#last.reading;
    const reading = this.#named(brokerDefaultsOf(configMap));
    this.#last = { version, reading };
    return reading;
  }

  #named(reading: BrokerDefaultsReading): BrokerDefaultsReading {
    if (reading.kind === 'defaults') return reading;
    return { kind: 'invalid', message: `ConfigMap ${this.#key}: ${reading.message}` };
  }
}
