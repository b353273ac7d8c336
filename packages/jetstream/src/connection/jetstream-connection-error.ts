/** The connection could not be made, or ended for good; `code` is the client's, such as `AUTHORIZATION_VIOLATION`. */
export class JetStreamConnectionError extends Error {
  override readonly name = 'JetStreamConnectionError';
  readonly code: string;

  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.code = codeOf(cause) ?? 'connection-lost';
  }
}

function codeOf(cause: unknown): string | undefined {
  const code = (cause as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}
