import {
  type Broker,
  type BrokerOptions,
  brokerOptionsOf,
  isJetmeshBroker,
  jetmeshAnnotations,
  objectKey,
} from '@jetmesh/eventing-api';
import type { ObjectChange, Reflector } from '@jetmesh/kube-controller';
import { IngressCounts } from './ingress-counts.ts';

export interface BrokerEntry {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly options: BrokerOptions;
  readonly counts: IngressCounts;
}

/** The Brokers that take events, by the path of their address: Jetmesh's, once they have a stream, until they are deleted. */
export class BrokerDirectory {
  readonly #byPath = new Map<string, BrokerEntry>();

  constructor(reflector: Pick<Reflector<Broker>, 'subscribe'>) {
    reflector.subscribe((change) => this.#apply(change));
  }

  find(path: string): BrokerEntry | undefined {
    return this.#byPath.get(path);
  }

  entries(): Iterable<BrokerEntry> {
    return this.#byPath.values();
  }

  #apply(change: ObjectChange<Broker>): void {
    const { metadata } = change.object;
    const path = `/${objectKey(metadata)}`;
    const isServed = change.kind !== 'deleted' && hasStream(change.object);
    if (isServed) this.#byPath.set(path, entryOf(change.object, this.#byPath.get(path)));
    else this.#byPath.delete(path);
  }
}

/** A Broker whose options change goes on counting. */
function entryOf({ metadata }: Broker, known: BrokerEntry | undefined): BrokerEntry {
  const { namespace = '', name, uid = '', annotations } = metadata;
  const { options } = brokerOptionsOf(annotations);
  const counts = known?.uid === uid ? known.counts : new IngressCounts();
  return { namespace, name, uid, options, counts };
}

function hasStream(broker: Broker): boolean {
  const stream = broker.status?.annotations?.[jetmeshAnnotations.stream];
  const isDeleted = broker.metadata.deletionTimestamp !== undefined;
  return isJetmeshBroker(broker) && stream !== undefined && !isDeleted;
}
