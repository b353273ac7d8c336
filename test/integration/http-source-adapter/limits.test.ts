import { describe, expect, it } from '@jest/globals';
import { readAdapterConfig, startHttpSourceAdapter } from '@jetmesh/http-source-adapter';
import { eventually } from '../../support/eventually.ts';
import { postRaw } from '../../support/post-event.ts';
import { cloudEventHeaders, startCommerceFixture } from './adapter-fixture.ts';
import { startKubernetes } from './kubernetes-fixture.ts';

describe('an adapter that cannot reach the Kubernetes API', () => {
  it('is alive, not ready, and answers 503 to events instead of a 404 that could be wrong', async () => {
    const kubernetes = await startKubernetes();
    const { kubeconfig } = kubernetes;
    await kubernetes.stopServer();
    const adapter = await startHttpSourceAdapter(
      readAdapterConfig({
        KUBECONFIG: kubeconfig,
        HTTP_HOST: '127.0.0.1',
        HTTP_PORT: '0',
        ADMIN_HOST: '127.0.0.1',
        ADMIN_PORT: '0',
        // Every failure to list is logged, as it should be.
        LOG_LEVEL: 'error',
      }),
    );
    try {
      const url = `http://127.0.0.1:${adapter.port}`;
      expect((await postRaw(`${url}/healthz`, {}, '', 'GET')).code).toBe(200);
      const readiness = await postRaw(`${url}/readyz`, {}, '', 'GET');
      expect([readiness.code, readiness.body]).toEqual([
        503,
        expect.stringContaining('HTTPSource'),
      ]);
      const answer = await postRaw(`${url}/commerce/events`, cloudEventHeaders, '{}');
      expect([answer.code, answer.headers['retry-after']]).toEqual([503, '1']);
      const error = 'The routes of Applications are not loaded yet.';
      expect(JSON.parse(answer.body)).toEqual({ code: 503, error });
    } finally {
      await adapter.stop();
      await kubernetes.stop();
    }
  });
});

describe('an adapter with as many open requests as it may have', () => {
  it('answers 503 to more, and serves again when they have ended', async () => {
    const adapter = await startCommerceFixture({ MAX_OUTSTANDING_COUNT: '1' });
    try {
      adapter.answerWith('hang');
      const open = adapter.post('/commerce/events', cloudEventHeaders, '{}');
      await eventually(() => adapter.received.length === 1);
      const answer = await adapter.post('/commerce/events', cloudEventHeaders, '{}');
      expect([answer.code, answer.headers['retry-after']]).toEqual([503, '1']);
      expect((await open).code).toBe(502);
      adapter.answerWith(202);
      expect((await adapter.post('/commerce/events', cloudEventHeaders, '{}')).code).toBe(200);
    } finally {
      await adapter.stop();
    }
  });

  it('answers 503 to a body that there is no room for', async () => {
    const adapter = await startCommerceFixture({ MAX_OUTSTANDING_BYTES: '2000' });
    try {
      const answer = await adapter.post('/commerce/events', cloudEventHeaders, 'x'.repeat(2001));
      expect(answer.code).toBe(503);
      expect((await adapter.post('/commerce/events', cloudEventHeaders, '{}')).code).toBe(200);
    } finally {
      await adapter.stop();
    }
  });
});
