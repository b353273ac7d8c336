import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { LogLevel } from '../logger/logger.ts';
import { createRegistry } from './create-registry.ts';
import { startAdminServer, type AdminServer } from './start-admin-server.ts';

const anyPort = { adminHost: '127.0.0.1', adminPort: 0 };

describe('the admin server', () => {
  const logger = { level: 'info' as LogLevel, error: jest.fn() };
  let reasons: string[] = [];
  let server: AdminServer;

  beforeAll(async () => {
    server = await startAdminServer(anyPort, {
      registry: createRegistry(),
      notReadyReasons: () => reasons,
      logger,
    });
  });
  afterAll(() => server.close());

  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, init);
    return { code: answer.status, body: await answer.text() };
  };

  it('is live', async () => {
    expect(await ask('/healthz')).toEqual({ code: 200, body: '{"live":true}' });
  });

  it('is ready without reasons, and says them when there are some', async () => {
    expect(await ask('/readyz')).toEqual({ code: 200, body: '{"ready":true,"reasons":[]}' });
    reasons = ['NATS is not connected'];
    const notReady = '{"ready":false,"reasons":["NATS is not connected"]}';
    expect(await ask('/readyz')).toEqual({ code: 503, body: notReady });
  });

  it('shows the metrics of the process', async () => {
    expect((await ask('/metrics')).body).toContain('process_cpu_seconds_total');
  });

  it('changes the log level, and refuses what is none', async () => {
    const put = (body: string) =>
      ask('/log-level', {
        method: 'PUT',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    expect(await put('debug')).toEqual({ code: 200, body: '{"level":"debug"}' });
    expect(logger.level).toBe('debug');
    expect(await put('loud')).toMatchObject({ code: 400 });
    expect(await put('x'.repeat(1_000))).toMatchObject({ code: 413 });
  });

  it('answers 500 without details when a probe breaks, and logs it', async () => {
    const broken = await startAdminServer(anyPort, {
      registry: createRegistry(),
      notReadyReasons: () => {
        throw new Error('secret');
      },
      logger,
    });
    const answer = await fetch(`http://127.0.0.1:${broken.port}/readyz`);
    expect([answer.status, await answer.text()]).toEqual([500, '{"error":"internal error"}']);
    expect(logger.error).toHaveBeenCalledWith('Admin request failed', expect.anything());
    await broken.close();
  });

  it('says so when its port is taken', async () => {
    const options = { registry: createRegistry(), notReadyReasons: () => [], logger };
    const second = startAdminServer({ ...anyPort, adminPort: server.port }, options);
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
