export type JetStreamAdminErrorCode = 'not-connected' | 'timeout' | 'api-error';

/** A request to JetStream's API that failed; `apiErrorCode` is the server's `err_code`. */
export class JetStreamAdminError extends Error {
  override readonly name = 'JetStreamAdminError';
  readonly code: JetStreamAdminErrorCode;
  readonly apiErrorCode: number | undefined;

  constructor(
    code: JetStreamAdminErrorCode,
    message: string,
    options: { readonly apiErrorCode?: number; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.apiErrorCode = options.apiErrorCode;
  }
}
