import { describe, expect, it } from '@jest/globals';
import { readSubscriptionBridgeConfig } from './config.ts';

describe('readSubscriptionBridgeConfig', () => {
  it('has defaults for everything', () => {
    expect(readSubscriptionBridgeConfig({ POD_NAME: 'pod' })).toMatchObject({
      kubeconfig: undefined,
      podName: 'pod',
      podNamespace: 'jetmesh-system',
      bus: { namespace: 'kyma-system', broker: 'event-bus' },
      workerCount: 4,
      hasLeaderElection: true,
      drainTimeoutMs: 30_000,
    });
  });

  it('reads what is set', () => {
    const env = { BUS_NAMESPACE: 'a', BUS_BROKER: 'b', WORKERS: '8', LEADER_ELECTION: 'false' };
    expect(readSubscriptionBridgeConfig(env)).toMatchObject({
      bus: { namespace: 'a', broker: 'b' },
      workerCount: 8,
      hasLeaderElection: false,
    });
  });
});
