import express, { type ErrorRequestHandler, type Express, type Response } from 'express';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';
import { logLevels, type Logger, type LogLevel } from '../logger/logger.ts';
import type { AdminSettings } from './admin-settings.ts';

export interface AdminServerOptions {
  readonly registry: Registry;
  /** Why the program is not ready; empty when it is. */
  notReadyReasons(): string[];
  isLive?(): boolean;
  /** Its level is what PUT /log-level changes. */
  readonly logger: Pick<Logger, 'error'> & { level?: LogLevel };
}

export interface AdminServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves /healthz, /readyz (503 with the reasons), /metrics, and PUT /log-level with a level as the body. */
export async function startAdminServer(
  { adminHost, adminPort }: Pick<AdminSettings, 'adminHost' | 'adminPort'>,
  options: AdminServerOptions,
): Promise<AdminServer> {
  const server = createServer(adminApp(options));
  server.listen(adminPort, adminHost);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function adminApp(options: AdminServerOptions): Express {
  const { registry, logger } = options;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.get('/healthz', (_request, response) => {
    const isLive = options.isLive?.() ?? true;
    response.status(isLive ? 200 : 503).json({ live: isLive });
  });
  app.get('/readyz', (_request, response) => answerReady(response, options.notReadyReasons()));
  app.get('/metrics', async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  });
  app.put('/log-level', express.text({ limit: '100b', type: () => true }), (request, response) => {
    const level = logLevels.find((one) => one === String(request.body).trim());
    if (level === undefined) {
      response.status(400).json({ error: `body: must be one of ${logLevels.join(', ')}` });
      return;
    }
    logger.level = level;
    response.json({ level });
  });
  app.use(answersErrors(logger));
  return app;
}

/** Express has four parameters to know it by. A request's own fault has a status below 500. */
function answersErrors(logger: AdminServerOptions['logger']): ErrorRequestHandler {
  return (err: { status?: number; message?: string }, request, response, _next) => {
    const { status = 500 } = err;
    if (status >= 500) logger.error('Admin request failed', { path: request.path, err });
    response.status(status).json({ error: status >= 500 ? 'internal error' : err.message });
  };
}

function answerReady(response: Response, reasons: string[]): void {
  response.status(reasons.length === 0 ? 200 : 503).json({ ready: reasons.length === 0, reasons });
}
