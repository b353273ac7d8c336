import { objectKey } from '@jetmesh/eventing-api';
import {
  referenceKey,
  type ObjectLookup,
  type ObjectReference,
} from '../cluster/object-reference.ts';
import {
  brokerDefaultsName,
  brokerDefaultsOf,
  type BrokerDefaultsReading,
} from './broker-defaults.ts';

/** Finds `config-br-defaults` in its Namespace, and reads it again only when it changed. */
export class BrokerDefaultsSource {
  readonly #objects: ObjectLookup;
  readonly #reference: ObjectReference;
  #last: { readonly version: string; readonly reading: BrokerDefaultsReading } | undefined;

  constructor(objects: ObjectLookup, namespace: string) {
    this.#objects = objects;
    this.#reference = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      namespace,
      name: brokerDefaultsName,
    };
  }

  /** Changes of this object concern every Broker. */
  get referenceKey(): string {
    return referenceKey(this.#reference);
  }

  async read(): Promise<BrokerDefaultsReading> {
    const lookup = await this.#objects.find(this.#reference);
    const title = `ConfigMap ${objectKey(this.#reference)}`;
    if (lookup.kind === 'refused') {
      return { kind: 'invalid', message: `${title}: ${lookup.message}` };
    }
    const object = lookup.kind === 'found' ? lookup.object : undefined;
    const { uid = '', resourceVersion = '' } = object?.metadata ?? {};
    const version = `${uid} ${resourceVersion}`;
    if (this.#last?.version === version) return this.#last.reading;
    const reading = brokerDefaultsOf(object);
    const named: BrokerDefaultsReading =
      reading.kind === 'invalid'
        ? { kind: 'invalid', message: `${title}: ${reading.message}` }
        : reading;
    this.#last = { version, reading: named };
    return named;
  }
}
