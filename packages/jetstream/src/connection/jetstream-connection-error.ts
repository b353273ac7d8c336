/** The connection could not be made, or ended for good; `code` is the client's, such as `AUTHORIZATION_VIOLATION`. */
export class JetStreamConnectionError extends Error {
  override readonly name = 'JetStreamConnectionError';
  readonly code: string;

  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.code = errorCodeOf(cause) ?? 'connection-lost';
  }
}

/** The string code of whatever was thrown. */
export function errorCodeOf(cause: unknown): string | undefined {
  const code = (cause as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}
