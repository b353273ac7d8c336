/** The headers of a request that the ingress itself acts on. */
export interface RequestFacts {
  /** 0 without a body, undefined when its length is not known before its end. */
  readonly contentLength: number | undefined;
  readonly idempotencyKey: string | undefined;
}

/** One walk over the raw list; Node's own `headers` object costs more than the rest of an answer. */
export function readFacts(rawHeaders: readonly string[]): RequestFacts {
  let contentLength = 0;
  let isChunked = false;
  let idempotencyKey: string | undefined;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    switch (name.length) {
      case 14:
        if (isNamed(name, 'content-length')) contentLength = Number(rawHeaders[index + 1]);
        break;
      case 15:
        if (isNamed(name, 'idempotency-key')) idempotencyKey = rawHeaders[index + 1];
        break;
      case 17:
        isChunked ||= isNamed(name, 'transfer-encoding');
        break;
      default:
    }
  }
  return { contentLength: isChunked ? undefined : contentLength, idempotencyKey };
}

function isNamed(name: string, expected: string): boolean {
  return name === expected || name.toLowerCase() === expected;
}
