import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Counter,
  createLogger,
  createRegistry,
  EnvironmentReader,
  readAdminSettings,
  startAdminServer,
  type AdminServer,
  type LeveledLogger,
} from '@jetmesh/service-runtime';
import { Writable } from 'node:stream';

describe('what a program builds from its environment', () => {
  let lines: string[];
  let logger: LeveledLogger;
  let admin: AdminServer;

  beforeEach(async () => {
    const reader = new EnvironmentReader({
      LOG_LEVEL: 'warn',
      ADMIN_HOST: '127.0.0.1',
      ADMIN_PORT: '0',
    });
    const settings = readAdminSettings(reader);
    reader.finish();
    lines = [];
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString());
        done();
      },
    });
    logger = createLogger({ component: 'test', level: settings.logLevel, stream });
    const registry = createRegistry();
    new Counter({ name: 'eventing_test_total', help: 'Test.', registers: [registry] }).inc(3);
    admin = await startAdminServer(settings, {
      registry,
      notReadyReasons: () => [],
      isLive: () => false,
      logger,
    });
  });
  afterEach(() => admin.close());

  const url = (path: string) => `http://127.0.0.1:${admin.port}${path}`;

  it('shows its own metrics beside those of the process', async () => {
    const answer = await fetch(url('/metrics'));
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const text = await answer.text();
    expect(text).toContain('eventing_test_total 3');
    expect(text).toContain('nodejs_eventloop_lag_seconds');
  });

  it('logs more as soon as it is told to, also what was made before', async () => {
    const child = logger.child({ trigger: 'a/b' });
    child.info('Not shown');
    await fetch(url('/log-level'), { method: 'PUT', body: 'info' });
    child.info('Shown');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({ message: 'Shown', trigger: 'a/b' });
  });

  it('says that it is not live', async () => {
    expect((await fetch(url('/healthz'))).status).toBe(503);
  });
});
