import { Agent, request, type Dispatcher } from 'undici';
import type { KubeApiAccess } from './kube-api-under-test.ts';

export interface ApiResponse<T> {
  readonly status: number;
  readonly body: T;
  /** Texts of the `Warning` headers. */
  readonly warnings: readonly string[];
}

/** The `Status` object of a refusal. */
export interface ApiStatus {
  readonly reason: string;
  readonly message: string;
  readonly details?: { readonly causes?: { field?: string; reason?: string; message: string }[] };
}

export interface ApiRequest {
  readonly body?: object;
  readonly contentType?: string;
  readonly accept?: string;
  /** Acts as another user. */
  readonly as?: string;
}

export interface WatchLine<T> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: T;
}

/** Plain requests to a Kubernetes API, for tests that care about what is on the wire. */
export class ApiClient {
  readonly #access: KubeApiAccess;
  readonly #dispatcher: Dispatcher;

  constructor(access: KubeApiAccess) {
    this.#access = access;
    const ca = access.certificateAuthority;
    this.#dispatcher = new Agent(ca === undefined ? {} : { connect: { ca } });
  }

  async send<T = ApiStatus>(
    method: Dispatcher.HttpMethod,
    path: string,
    options: ApiRequest = {},
  ): Promise<ApiResponse<T>> {
    const { statusCode, headers, body } = await request(`${this.#access.url}${path}`, {
      method,
      dispatcher: this.#dispatcher,
      headers: this.#headers(options),
      headersTimeout: 20_000,
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
    return {
      status: statusCode,
      body: parsed(await body.text()) as T,
      warnings: warningsOf(headers.warning),
    };
  }

  /** The lines of a watch until it ends, the signal aborts it, or nobody asks for more. */
  async *watch<T>(path: string, signal: AbortSignal): AsyncGenerator<WatchLine<T>> {
    const { body, statusCode } = await request(`${this.#access.url}${path}`, {
      dispatcher: this.#dispatcher,
      headers: this.#headers({}),
      signal,
      bodyTimeout: 0,
    });
    if (statusCode !== 200) throw new Error(`Watch of ${path}: ${statusCode} ${await body.text()}`);
    let rest = '';
    for await (const chunk of body.setEncoding('utf8') as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield JSON.parse(line) as WatchLine<T>;
    }
  }

  close(): Promise<void> {
    return this.#dispatcher.destroy();
  }

  #headers({
    body,
    contentType = 'application/json',
    accept = 'application/json',
    as,
  }: ApiRequest) {
    const { token } = this.#access;
    return {
      accept,
      ...(as === undefined ? {} : { 'impersonate-user': as }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': contentType }),
    };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A `Warning` header is `299 - "text"`, with quotes in the text escaped. */
function warningsOf(header: string | string[] | undefined): string[] {
  if (header === undefined) return [];
  return [header].flat().map((value) => {
    const [, text = value] = /^\d{3} \S+ "(.*)"$/.exec(value) ?? [];
    return text.replaceAll('\\"', '"');
  });
}
