import { describe, expect, it } from '@jest/globals';
import { readTriggerControllerConfig } from './config.ts';
import { withoutSecrets } from './jetstream-settings.ts';

describe('readTriggerControllerConfig', () => {
  it('has defaults for everything', () => {
    expect(readTriggerControllerConfig({ POD_NAME: 'pod' })).toMatchObject({
      jetStream: { servers: ['nats://127.0.0.1:4222'], name: 'trigger-controller pod' },
      kubeconfig: undefined,
      podName: 'pod',
      podNamespace: 'jetmesh-system',
      ingressUrl: 'http://broker-ingress.jetmesh-system.svc.cluster.local',
      brokerDefaultsNamespace: 'knative-eventing',
      ingressProbeUrl: 'http://broker-ingress.jetmesh-system.svc.cluster.local',
      dispatcherProbeUrl: 'http://broker-dispatcher.jetmesh-system.svc.cluster.local:9090/readyz',
      adoptsUnclassedBrokers: true,
      allowsCrossNamespaceLinks: false,
      watchesEventTypes: true,
      workerCount: 4,
      hasLeaderElection: true,
    });
  });

  it('reads what is set', () => {
    const env = {
      INGRESS_URL: 'http://127.0.0.1:8081/',
      INGRESS_PROBE_URL: 'none',
      DISPATCHER_PROBE_URL: 'http://here/readyz',
      BROKER_DEFAULTS_NAMESPACE: 'here',
      ADOPT_UNCLASSED_BROKERS: 'false',
      LEADER_ELECTION: 'false',
      CROSS_NAMESPACE_EVENT_LINKS: 'true',
      EVENT_TYPES: 'false',
      WORKERS: '8',
      NATS_SERVERS: 'nats://a, nats://b',
      NATS_USER: 'user',
      NATS_TLS_CA_FILE: '/ca.pem',
    };
    expect(readTriggerControllerConfig(env)).toMatchObject({
      jetStream: {
        servers: ['nats://a', 'nats://b'],
        user: 'user',
        tls: { caFile: '/ca.pem' },
      },
      ingressUrl: 'http://127.0.0.1:8081',
      brokerDefaultsNamespace: 'here',
      ingressProbeUrl: undefined,
      dispatcherProbeUrl: 'http://here/readyz',
      adoptsUnclassedBrokers: false,
      allowsCrossNamespaceLinks: true,
      watchesEventTypes: false,
      workerCount: 8,
      hasLeaderElection: false,
    });
  });

  it('names every problem at once', () => {
    expect(() => readTriggerControllerConfig({ WORKERS: '0', LEADER_ELECTION: 'maybe' })).toThrow(
      /WORKERS.*LEADER_ELECTION/,
    );
  });

  it('hides secrets from the log', () => {
    const { jetStream } = readTriggerControllerConfig({ NATS_USER: 'u', NATS_PASSWORD: 'secret' });
    expect(withoutSecrets(jetStream)).toMatchObject({ user: 'u', password: '(hidden)' });
  });
});
