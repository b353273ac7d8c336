import { setTimeout as delay } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { ApiConnection } from './api-connection.ts';
import { withDeadline } from '../with-deadline.ts';
import { KubeApiError } from './kube-api-error.ts';
import { repeatDelayMs } from './repeat-delay.ts';
import { retryAfterMs } from './retry-after.ts';

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: object;
  readonly contentType?: string;
}

export interface ApiRequestSettings {
  readonly timeoutMs: number;
  readonly userAgent: string;
}

/** Requests to one API server, each with a deadline, within which it is repeated where that is safe. */
export class ApiRequests {
  readonly #connection: ApiConnection;
  readonly #settings: ApiRequestSettings;

  constructor(connection: ApiConnection, settings: ApiRequestSettings) {
    this.#connection = connection;
    this.#settings = settings;
  }

  async json<T>(request: ApiRequest): Promise<T> {
    const deadline = Date.now() + this.#settings.timeoutMs;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#once<T>(request, deadline);
      } catch (error) {
        const waitMs = repeatDelayMs(request.method, error, { attempt, random: Math.random() });
        if (waitMs === undefined || Date.now() + waitMs > deadline) throw error;
        await delay(waitMs);
      }
    }
  }

  /** The response of a watch, its head received; the caller reads and ends the body. */
  async stream(request: ApiRequest, signal: AbortSignal): Promise<Dispatcher.ResponseData['body']> {
    const { timeoutMs } = this.#settings;
    const limits = { signal, headersTimeout: timeoutMs, bodyTimeout: 0 };
    const response = await this.#send(request, limits);
    if (response.statusCode !== 200) throw await errorOf(request, response);
    return response.body;
  }

  async #once<T>(request: ApiRequest, deadline: number): Promise<T> {
    const timeoutMs = Math.max(1, deadline - Date.now());
    const response = await this.#send(request, {
      signal: AbortSignal.timeout(timeoutMs),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    if (response.statusCode >= 300) throw await errorOf(request, response);
    return (await response.body.json()) as T;
  }

  async #send(
    request: ApiRequest,
    limits: { signal: AbortSignal; headersTimeout: number; bodyTimeout: number },
  ): Promise<Dispatcher.ResponseData> {
    const { server, dispatcher } = this.#connection;
    const url = new URL(server);
    // It may ask an exec plug-in or an OIDC provider.
    const authorization = withDeadline(this.#connection.authorization(), limits.headersTimeout);
    return dispatcher.request({
      origin: url.origin,
      path: `${url.pathname.replace(/\/$/, '')}${request.path}${queryOf(request)}`,
      method: request.method,
      headers: {
        accept: 'application/json',
        'user-agent': this.#settings.userAgent,
        ...(request.body === undefined
          ? {}
          : { 'content-type': request.contentType ?? 'application/json' }),
        ...(await authorization),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      ...limits,
    });
  }
}

function queryOf({ query = {} }: ApiRequest): string {
  const present = Object.entries(query).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  return present.length === 0 ? '' : `?${new URLSearchParams(present).toString()}`;
}

async function errorOf(
  { method, path }: ApiRequest,
  response: Dispatcher.ResponseData,
): Promise<KubeApiError> {
  const text = await response.body.text();
  const { reason = '', message = text.slice(0, 500) } = statusObject(text);
  return new KubeApiError(`${method} ${path}`, {
    status: response.statusCode,
    reason,
    message,
    retryAfterMs: retryAfterMs(response.headers['retry-after'], Date.now()),
  });
}

function statusObject(text: string): { reason?: string; message?: string } {
  try {
    return JSON.parse(text) as { reason?: string; message?: string };
  } catch {
    return {};
  }
}
