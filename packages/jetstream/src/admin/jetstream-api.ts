import type { JetStreamConnection } from '../connection/jetstream-connection.ts';
import { bufferOf } from '../wire/buffer-of.ts';
import { JetStreamAdminError, type JetStreamAdminErrorCode } from './jetstream-admin-error.ts';

const deadlineMs = 5_000;
const legalSubject = /^[!-~]+$/;
const noPayload = Buffer.alloc(0);

interface ApiReply {
  readonly error?: { readonly err_code?: number; readonly description?: string };
}

/** JSON requests to `$JS.API`, each with a deadline and every failure as `JetStreamAdminError`. */
export class JetStreamApi {
  readonly #connection: JetStreamConnection;

  constructor(connection: JetStreamConnection) {
    this.#connection = connection;
  }

  request<T>(endpoint: string, body?: object): Promise<T> {
    const payload = body === undefined ? noPayload : Buffer.from(JSON.stringify(body));
    return this.send<T>(`${this.#connection.apiPrefix}.${endpoint}`, payload);
  }

  /** Undefined when the server answers with one of these codes. */
  async requestUnless<T>(
    endpoint: string,
    body: object | undefined,
    ...absentCodes: readonly number[]
  ): Promise<T | undefined> {
    try {
      return await this.request<T>(endpoint, body);
    } catch (error) {
      if (isApiError(error, ...absentCodes)) return undefined;
      throw error;
    }
  }

  /** A request to any subject that answers as the API does: a publish to a stream is one. */
  async send<T>(subject: string, payload: Uint8Array, headers?: Uint8Array): Promise<T> {
    const { isConnected, port } = this.#connection;
    // One that is not would end the connection for everybody.
    if (!legalSubject.test(subject)) throw failure('api-error', subject, 'not a legal name');
    if (!isConnected) throw failure('not-connected', subject, 'the connection is down');
    const options = { timeoutMs: deadlineMs, ...(headers === undefined ? {} : { headers }) };
    const reply = await port.request(subject, payload, options).catch((cause: unknown) => {
      throw requestFailure(subject, cause);
    });
    const text = bufferOf(reply._rdata).toString('utf8', Math.max(0, reply._msg.hdr));
    const { error, ...answer } = JSON.parse(text) as ApiReply;
    if (error === undefined) return answer as T;
    throw new JetStreamAdminError('api-error', `${subject}: ${error.description ?? 'error'}`, {
      ...(error.err_code === undefined ? {} : { apiErrorCode: error.err_code }),
    });
  }
}

export function isApiError(error: unknown, ...codes: readonly number[]): boolean {
  return (
    error instanceof JetStreamAdminError &&
    error.apiErrorCode !== undefined &&
    codes.includes(error.apiErrorCode)
  );
}

function requestFailure(subject: string, cause: unknown): JetStreamAdminError {
  switch ((cause as { code?: unknown }).code) {
    case 'TIMEOUT':
      return failure('timeout', subject, 'no answer in time', cause);
    case 'MAX_PAYLOAD_EXCEEDED':
      return failure('api-error', subject, 'larger than the server allows', cause);
    case '503':
      return failure('not-connected', subject, 'JetStream does not answer', cause);
    default:
      return failure('not-connected', subject, 'the connection failed', cause);
  }
}

function failure(
  code: JetStreamAdminErrorCode,
  subject: string,
  detail: string,
  cause?: unknown,
): JetStreamAdminError {
  return new JetStreamAdminError(code, `${subject}: ${detail}`, { cause });
}
