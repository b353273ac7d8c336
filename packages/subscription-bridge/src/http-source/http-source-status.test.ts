import { describe, expect, it } from '@jest/globals';
import {
  conditionOf,
  type AdapterFinding,
  type Broker,
  type EventActivation,
  type EndpointStatus,
  type HttpSource,
} from '@jetmesh/eventing-api';
import { sinkFinding } from './http-source-sinks.ts';
import { httpSourceStatus } from './http-source-status.ts';

const now = new Date('2026-01-02T03:04:05.678Z');
const source = anHttpSource('commerce');

describe('sinkFinding', () => {
  const everywhere = {
    busBroker: 'kyma-system/event-bus',
    activations: [],
    brokerAt: (key: string) => aBroker(`http://ingress/${key}`),
  };

  it('is the default Broker of the HTTPSource’s Namespace without any binding', () => {
    expect(sinkFinding(source, everywhere)).toEqual({
      finding: { status: 'True' },
      uri: 'http://ingress/integration/default',
    });
  });

  it('is the default Broker of the first bound Namespace', () => {
    const activations = [
      anActivation('b'),
      anActivation('a', '2026-01-01T00:00:00Z'),
      anActivation('c'),
    ];
    expect(sinkFinding(source, { ...everywhere, activations }).uri).toBe(
      'http://ingress/b/default',
    );
  });

  it('is the bus when events go there', () => {
    const onBus = {
      ...source,
      spec: { source: 'commerce', endpoints: { events: 'bus' as const } },
    };
    expect(sinkFinding(onBus, everywhere).uri).toBe('http://ingress/kyma-system/event-bus');
  });

  it.each<[string, (key: string) => Broker | undefined, object]>([
    [
      'no Broker at all',
      () => undefined,
      {
        status: 'False',
        reason: 'SinkNotFound',
        message: 'No Broker integration/default, kyma-system/event-bus',
      },
    ],
    [
      'no bus',
      (key) => (key.startsWith('kyma') ? undefined : aBroker('http://x')),
      { status: 'False', reason: 'SinkNotFound', message: 'No Broker kyma-system/event-bus' },
    ],
    [
      'a Broker without address',
      (key) => (key.startsWith('kyma') ? aBroker('http://x') : aBroker(undefined)),
      {
        status: 'Unknown',
        reason: 'EmptySinkURI',
        message: 'Broker integration/default has no address yet',
      },
    ],
  ])('says so when there is %s', (_case, brokerAt, finding) => {
    expect(sinkFinding(source, { ...everywhere, brokerAt }).finding).toEqual(finding);
  });
});

describe('httpSourceStatus', () => {
  const sinks = { finding: { status: 'True' }, uri: 'http://x' } as const;
  const onBus: EndpointStatus = {
    path: 'bus',
    ready: ['Broker kyma-system/event-bus'],
    pending: [],
    missing: [],
    ifSwitched: { path: 'mesh', pending: [], missing: [] },
  };
  const endpoints = { legacy: onBus, events: onBus, publish: onBus };
  const declared = (adapter: AdapterFinding) => ({
    kind: 'declared' as const,
    sinks,
    adapter,
    endpoints,
  });

  it('is Ready with both spellings of the sink when an adapter routes to it', () => {
    const adapter = { liveCount: 2, routingCount: 2, behind: [] };
    const status = httpSourceStatus(source, declared(adapter), now);
    expect(status).toMatchObject({
      observedGeneration: 3,
      SinkURI: 'http://x',
      sinkURI: 'http://x',
      endpoints,
    });
    expect(status.conditions?.map(({ type, status }) => [type, status])).toEqual([
      ['Deployed', 'True'],
      ['Ready', 'True'],
      ['SinkProvided', 'True'],
    ]);
  });

  it.each([
    [
      { liveCount: 0, routingCount: 0, behind: [] },
      {
        status: 'False',
        reason: 'ServiceNotReady',
        message: 'The adapter Service is not yet ready',
      },
    ],
    [
      { liveCount: 2, routingCount: 1, behind: ['adapter-b'] },
      {
        status: 'Unknown',
        reason: 'ServiceNotReady',
        message: '1 of 2 adapter replicas route by generation 3, not adapter-b',
      },
    ],
  ])('is not Ready with replicas %j', (adapter, ready) => {
    const status = httpSourceStatus(source, declared(adapter), now);
    expect(conditionOf({ ...source, status }, 'Ready')).toMatchObject(ready);
  });

  it('is not Ready and has no sink when its source is taken', () => {
    const status = httpSourceStatus(source, { kind: 'source-taken', by: 'a/b' }, now);
    expect(status).not.toHaveProperty('sinkURI');
    expect(status).not.toHaveProperty('endpoints');
    expect(conditionOf({ ...source, status }, 'Ready')).toMatchObject({
      status: 'False',
      reason: 'SourceTaken',
      message: 'Source "commerce" is declared by HTTPSource a/b already',
    });
  });
});

function anHttpSource(name: string): HttpSource {
  return {
    apiVersion: 'sources.kyma-project.io/v1alpha1',
    kind: 'HTTPSource',
    metadata: { name, namespace: 'integration', generation: 3 },
    spec: { source: 'commerce' },
  };
}

function aBroker(url: string | undefined): Broker {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Broker',
    metadata: { name: 'default' },
    status: url === undefined ? {} : { address: { url } },
  };
}

function anActivation(namespace: string, deletionTimestamp?: string): EventActivation {
  return {
    apiVersion: 'applicationconnector.kyma-project.io/v1alpha1',
    kind: 'EventActivation',
    metadata: {
      name: 'commerce',
      namespace,
      ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
    },
    spec: { sourceId: 'commerce' },
  };
}
