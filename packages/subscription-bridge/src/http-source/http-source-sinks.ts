import {
  brokersOfPath,
  endpointPathsOf,
  type Broker,
  type ConditionFinding,
  type HttpSource,
  type SwitchFacts,
} from '@jetmesh/eventing-api';

/** The addresses behind an HTTPSource. */
export interface SinkFinding {
  readonly finding: ConditionFinding;
  /** That of `/events`; the first by Namespace when several Namespaces are bound. */
  readonly uri: string | undefined;
}

export interface SinkSurroundings extends Pick<SwitchFacts, 'busBroker' | 'activations'> {
  readonly brokerAt: (key: string) => Broker | undefined;
}

/** Every Broker that any endpoint leads to must have an address. */
export function sinkFinding(source: HttpSource, surroundings: SinkSurroundings): SinkFinding {
  const { legacy, events, publish } = endpointPathsOf(source);
  const uri = brokersOfPath(events, source, surroundings)
    .map((key) => urlOf(surroundings.brokerAt(key)))
    .find((url) => url !== undefined);
  const keys = new Set(
    [events, legacy, publish].flatMap((path) => brokersOfPath(path, source, surroundings)),
  );
  return { finding: findingFor([...keys], surroundings), uri };
}

function findingFor(keys: readonly string[], { brokerAt }: SinkSurroundings): ConditionFinding {
  const missing = keys.filter((key) => brokerAt(key) === undefined);
  if (missing.length > 0) {
    return {
      status: 'False',
      reason: 'SinkNotFound',
      message: `No Broker ${missing.join(', ')}`,
    };
  }
  const silent = keys.filter((key) => urlOf(brokerAt(key)) === undefined);
  if (silent.length > 0) {
    return {
      status: 'Unknown',
      reason: 'EmptySinkURI',
      message: `Broker ${silent.join(', ')} has no address yet`,
    };
  }
  return { status: 'True' };
}

function urlOf(broker: Broker | undefined): string | undefined {
  const url = broker?.status?.address?.url;
  return url === '' ? undefined : url;
}
