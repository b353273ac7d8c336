import {
  endpointPathsOf,
  type Broker,
  type ConditionFinding,
  type EventActivation,
  type EventPath,
  type HttpSource,
} from '@jetmesh/eventing-api';

/** The addresses behind an HTTPSource. */
export interface SinkFinding {
  readonly finding: ConditionFinding;
  /** That of `/events`; the first by Namespace when several Namespaces are bound. */
  readonly uri: string | undefined;
}

export interface SinkSurroundings {
  readonly busBroker: string;
  /** All that name this source. */
  readonly activations: readonly EventActivation[];
  readonly brokerAt: (key: string) => Broker | undefined;
}

/** Every Broker that any endpoint leads to must have an address. */
export function sinkFinding(source: HttpSource, surroundings: SinkSurroundings): SinkFinding {
  const { legacy, events, publish } = endpointPathsOf(source);
  const uri = brokersBehind(events, source, surroundings)
    .map((key) => urlOf(surroundings.brokerAt(key)))
    .find((url) => url !== undefined);
  const keys = new Set(
    [events, legacy, publish].flatMap((path) => brokersBehind(path, source, surroundings)),
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

/** Without any binding, the mesh of an Application is in the Namespace of its HTTPSource. */
function brokersBehind(
  path: EventPath,
  source: HttpSource,
  { busBroker, activations }: SinkSurroundings,
): string[] {
  if (path === 'bus') return [busBroker];
  const bound = activations
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .map(({ metadata }) => metadata.namespace ?? '');
  const namespaces = bound.length === 0 ? [source.metadata.namespace ?? ''] : bound;
  return [...new Set(namespaces)].sort().map((namespace) => `${namespace}/default`);
}

function urlOf(broker: Broker | undefined): string | undefined {
  const url = broker?.status?.address?.url;
  return url === '' ? undefined : url;
}
