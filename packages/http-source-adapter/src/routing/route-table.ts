import {
  applicationTypeName,
  endpointPathsOf,
  objectKey,
  type Broker,
  type EndpointPaths,
  type EventActivation,
  type HttpSource,
} from '@jetmesh/eventing-api';
import { brokerRoute, type BrokerRoute } from './broker-route.ts';

/** Where the events of one Application go; `name` is the `spec.source` of the HTTPSource that declares it. */
export interface ApplicationRoute {
  readonly name: string;
  /** The name that subjects are made of: the label `application-type` of the HTTPSource, else `name`. */
  readonly typeName: string;
  readonly paths: EndpointPaths;
  /** Events that enter the bus are shown to the Triggers of the mesh too. */
  readonly hasShadow: boolean;
  /** The default Broker of every bound Namespace, sorted by key. Never empty. */
  readonly meshBrokers: readonly BrokerRoute[];
}

/** All routes at one moment. Immutable: a request that began with a table ends with it. */
export interface RouteTable {
  readonly applications: ReadonlyMap<string, ApplicationRoute>;
  readonly bus: BrokerRoute;
  /** Key and generation of every HTTPSource that this table routes by. */
  readonly generations: ReadonlyMap<string, number>;
}

export interface RouteResources {
  readonly httpSources: readonly HttpSource[];
  readonly eventActivations: readonly EventActivation[];
  brokerOf(key: string): Broker | undefined;
  readonly busBrokerKey: string;
}

/** The routes that these resources describe. Of several HTTPSources with one source the oldest counts. */
export function routeTable(resources: RouteResources): RouteTable {
  const applications = new Map<string, ApplicationRoute>();
  const generations = new Map<string, number>();
  const namespacesOf = boundNamespaces(resources.eventActivations);
  for (const httpSource of [...resources.httpSources].sort(oldestFirst)) {
    const name = sourceOf(httpSource);
    if (name === undefined || applications.has(name)) continue;
    const namespaces = namespacesOf.get(name) ?? [httpSource.metadata.namespace ?? ''];
    applications.set(name, applicationRoute(name, httpSource, { namespaces, resources }));
    generations.set(objectKey(httpSource.metadata), httpSource.metadata.generation ?? 0);
  }
  const bus = brokerRoute(resources.busBrokerKey, resources.brokerOf(resources.busBrokerKey));
  return { applications, bus, generations };
}

/** The Brokers that an event on `endpoint` of `application` must be stored by, all of them. */
export function brokersFor(
  table: RouteTable,
  application: ApplicationRoute | undefined,
  endpoint: keyof EndpointPaths,
): readonly BrokerRoute[] {
  return application?.paths[endpoint] === 'mesh' ? application.meshBrokers : [table.bus];
}

/** What an Application of that name is called in subjects, known or not. */
export function typeNameIn({ applications }: RouteTable, name: string): string {
  return applications.get(name)?.typeName ?? name;
}

/** The Brokers whose Triggers judge an event on `endpoint` beside its delivery: those of both paths, or none. */
export function shadowBrokersFor(
  table: RouteTable,
  application: ApplicationRoute | undefined,
  endpoint: keyof EndpointPaths,
): readonly BrokerRoute[] {
  if (application?.hasShadow !== true || application.paths[endpoint] !== 'bus') return [];
  return [...application.meshBrokers, table.bus];
}

function applicationRoute(
  name: string,
  httpSource: HttpSource,
  { namespaces, resources }: { namespaces: readonly string[]; resources: RouteResources },
): ApplicationRoute {
  const brokerKeys = namespaces.map((namespace) => `${namespace}/default`);
  return {
    name,
    typeName: applicationTypeName(httpSource),
    paths: endpointPathsOf(httpSource),
    hasShadow: httpSource.spec.endpoints?.shadow === 'mesh',
    meshBrokers: brokerKeys.map((key) => brokerRoute(key, resources.brokerOf(key))),
  };
}

/** Kyma's definitions have no schema: a spec can be missing. */
function sourceOf(httpSource: HttpSource): string | undefined {
  const source = (httpSource.spec as HttpSource['spec'] | undefined)?.source;
  return source === '' ? undefined : source;
}

function boundNamespaces(activations: readonly EventActivation[]): Map<string, string[]> {
  const namespaces = new Map<string, Set<string>>();
  for (const activation of activations) {
    const { metadata } = activation;
    const source = (activation.spec as EventActivation['spec'] | undefined)?.sourceId;
    if (source === undefined || metadata.namespace === undefined) continue;
    if (metadata.deletionTimestamp !== undefined) continue;
    const bound = namespaces.get(source) ?? new Set();
    namespaces.set(source, bound.add(metadata.namespace));
  }
  return new Map([...namespaces].map(([source, bound]) => [source, [...bound].sort()]));
}

function oldestFirst({ metadata: a }: HttpSource, { metadata: b }: HttpSource): number {
  const byAge = compare(a.creationTimestamp ?? '', b.creationTimestamp ?? '');
  return byAge !== 0 ? byAge : compare(objectKey(a), objectKey(b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
