import { describe, expect, it } from '@jest/globals';
import {
  conditionOf,
  type Broker,
  type EventActivation,
  type HttpSource,
  type Lease,
} from '@jetmesh/eventing-api';
import { adapterFinding } from './adapter-replicas.ts';
import { sinkFinding } from './http-source-sinks.ts';
import { httpSourceStatus } from './http-source-status.ts';
import { oldestOfSource } from './oldest-of-source.ts';

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

describe('adapterFinding', () => {
  it('counts live replicas and those that route by the current generation', () => {
    const leases = [
      aLease({ 'integration/commerce': 3 }),
      aLease({ 'integration/commerce': 2 }),
      aLease({}),
      aLease({ 'integration/commerce': 3 }, '2026-01-02T03:03:50.000000Z'),
    ];
    expect(adapterFinding(source, leases, now)).toEqual({ liveCount: 3, routingCount: 1 });
  });

  it('takes an unreadable annotation for no confirmation', () => {
    const lease = aLease({});
    const metadata = {
      ...lease.metadata,
      annotations: { 'jetmesh.dev/routed-generations': '{' },
    };
    expect(adapterFinding(source, [{ ...lease, metadata }], now)).toEqual({
      liveCount: 1,
      routingCount: 0,
    });
  });
});

describe('httpSourceStatus', () => {
  const sinks = { finding: { status: 'True' }, uri: 'http://x' } as const;

  it('is Ready with both spellings of the sink when an adapter routes to it', () => {
    const adapter = { liveCount: 2, routingCount: 2 };
    const status = httpSourceStatus(source, { kind: 'declared', sinks, adapter }, now);
    expect(status).toMatchObject({
      observedGeneration: 3,
      SinkURI: 'http://x',
      sinkURI: 'http://x',
    });
    expect(status.conditions?.map(({ type, status }) => [type, status])).toEqual([
      ['Deployed', 'True'],
      ['Ready', 'True'],
      ['SinkProvided', 'True'],
    ]);
  });

  it.each([
    [
      { liveCount: 0, routingCount: 0 },
      {
        status: 'False',
        reason: 'ServiceNotReady',
        message: 'The adapter Service is not yet ready',
      },
    ],
    [
      { liveCount: 2, routingCount: 1 },
      {
        status: 'Unknown',
        reason: 'ServiceNotReady',
        message: '1 of 2 adapter replicas route by generation 3',
      },
    ],
  ])('is not Ready with replicas %j', (adapter, ready) => {
    const status = httpSourceStatus(source, { kind: 'declared', sinks, adapter }, now);
    expect(conditionOf({ ...source, status }, 'Ready')).toMatchObject(ready);
  });

  it('is not Ready and has no sink when its source is taken', () => {
    const status = httpSourceStatus(source, { kind: 'source-taken', by: 'a/b' }, now);
    expect(status).not.toHaveProperty('sinkURI');
    expect(conditionOf({ ...source, status }, 'Ready')).toMatchObject({
      status: 'False',
      reason: 'SourceTaken',
      message: 'Source "commerce" is declared by HTTPSource a/b already',
    });
  });
});

describe('oldestOfSource', () => {
  it('goes by age, then by key', () => {
    const late = anHttpSource('a', '2026-01-02T00:00:00Z');
    const early = anHttpSource('c', '2026-01-01T00:00:00Z');
    const twin = anHttpSource('b', '2026-01-01T00:00:00Z');
    expect(oldestOfSource([late, early, twin])).toBe(twin);
  });
});

function anHttpSource(name: string, creationTimestamp = '2026-01-01T00:00:00Z'): HttpSource {
  return {
    apiVersion: 'sources.kyma-project.io/v1alpha1',
    kind: 'HTTPSource',
    metadata: { name, namespace: 'integration', generation: 3, creationTimestamp },
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

function aLease(
  generations: Record<string, number>,
  renewTime = '2026-01-02T03:04:00.000000Z',
): Lease {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      name: 'http-source-adapter-x',
      annotations: { 'jetmesh.dev/routed-generations': JSON.stringify(generations) },
    },
    spec: { renewTime, leaseDurationSeconds: 15 },
  };
}
