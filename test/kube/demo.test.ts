import { describe, expect, it } from '@jest/globals';
import { runDemo } from '../support/run-demo.ts';
import { startRealKubeApiServer } from './support/real-kube-api-server.ts';

describe('jetmesh demo --once --kubeconfig', () => {
  it('shows the same deliveries with a real kube-apiserver in place of the embedded one', async () => {
    const api = await startRealKubeApiServer();
    const { code, output } = await runDemo(['--kubeconfig', api.kubeconfig]);
    await api.stop();
    expect(output).toMatch(/4 events sent, 5 deliveries: each exactly once/);
    expect(code).toBe(0);
  }, 120_000);
});
