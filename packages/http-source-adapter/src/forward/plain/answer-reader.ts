/** What the bytes of a connection have come to: an answer is complete, or not yet, or none that we understand. */
export type Reading = 'more' | CompleteAnswer | MalformedAnswer;

export interface CompleteAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** Another request may follow on the connection, within this time; 0: none. */
  readonly reusableMs: number;
}

export interface MalformedAnswer {
  readonly kind: 'malformed';
  readonly detail: string;
}

interface Head {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly keptMs: number;
  /** `until-close`: the answer ends with the connection. */
  readonly body:
    | { readonly kind: 'length'; readonly bytes: number }
    | { readonly kind: 'chunked' | 'until-close' };
}

const longestHeadBytes = 16 * 1024;
/** A server says with `Keep-Alive` for how long it waits for the next request; this is used when it does not. */
const defaultKeptMs = 4_000;
/** A request must be there before the server's patience ends. */
const keptMarginMs = 1_000;

/**
 * Reads one HTTP/1.1 answer of a Broker (RFC 9112): its status, and where it ends. Of the body only the length
 * matters. Whatever it does not understand ends the connection: after doubt nothing is read from it any more.
 */
export class AnswerReader {
  #text = '';
  #head: Head | undefined;
  #bodyBytesLeft = 0;

  /** `chunk` as latin1. */
  read(chunk: string): Reading {
    this.#text += chunk;
    while (this.#head === undefined) {
      const end = this.#text.indexOf('\r\n\r\n');
      if (end < 0)
        return this.#text.length > longestHeadBytes ? malformed('a head too long') : 'more';
      const head = parseHead(this.#text.slice(0, end));
      if (typeof head === 'string') return malformed(head);
      this.#text = this.#text.slice(end + 4);
      if (head.status < 200) continue;
      this.#head = head;
      if (head.body.kind === 'length') this.#bodyBytesLeft = head.body.bytes;
    }
    return this.#readBody(this.#head);
  }

  /** The server has closed the connection. */
  end(): Reading {
    if (this.#head?.body.kind !== 'until-close')
      return malformed('the connection ended before the answer');
    return answer(this.#head, 0);
  }

  #readBody(head: Head): Reading {
    switch (head.body.kind) {
      case 'length':
        return this.#readLength(head);
      case 'chunked':
        return this.#readChunks(head);
      case 'until-close':
        this.#text = '';
        return 'more';
    }
  }

  #readLength(head: Head): Reading {
    const surplus = this.#text.length - this.#bodyBytesLeft;
    if (surplus < 0) {
      this.#bodyBytesLeft -= this.#text.length;
      this.#text = '';
      return 'more';
    }
    return answer(head, surplus === 0 ? head.keptMs : 0);
  }

  /** `#bodyBytesLeft`: of the chunk that is being read, its line end included. */
  #readChunks(head: Head): Reading {
    for (;;) {
      if (this.#bodyBytesLeft > 0) {
        const taken = Math.min(this.#bodyBytesLeft, this.#text.length);
        this.#bodyBytesLeft -= taken;
        this.#text = this.#text.slice(taken);
        if (this.#bodyBytesLeft > 0) return 'more';
      }
      const end = this.#text.indexOf('\r\n');
      if (end < 0)
        return this.#text.length > longestHeadBytes ? malformed('a chunk without a size') : 'more';
      const size = /^([0-9a-f]{1,8})[ \t]*(;.*)?$/i.exec(this.#text.slice(0, end))?.[1];
      if (size === undefined) return malformed('a chunk without a size');
      const bytes = Number.parseInt(size, 16);
      if (bytes === 0 && this.#text.length < end + 4) return 'more';
      // Trailers: Brokers send none, and without looking for their end the connection is not used again.
      const isEnd = this.#text.slice(end) === '\r\n\r\n';
      if (bytes === 0) return answer(head, isEnd ? head.keptMs : 0);
      this.#text = this.#text.slice(end + 2);
      this.#bodyBytesLeft = bytes + 2;
    }
  }
}

function answer({ status, retryAfter }: Head, reusableMs: number): CompleteAnswer {
  return { kind: 'answer', status, retryAfter, reusableMs };
}

function malformed(detail: string): MalformedAnswer {
  return { kind: 'malformed', detail };
}

/** What is wrong with it, or the head. */
function parseHead(text: string): Head | string {
  const [statusLine = '', ...lines] = text.split('\r\n');
  const status = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: |$)/.exec(statusLine);
  if (status === null) return 'no status line';
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon <= 0) return 'a header without a name';
    const name = line.slice(0, colon).toLowerCase();
    if (headers.has(name) && name === 'content-length') return 'two lengths';
    headers.set(name, line.slice(colon + 1).trim());
  }
  const code = Number(status[2]);
  const body = bodyOf(code, headers);
  if (typeof body === 'string') return body;
  const isKept = status[1] === '1' && !/\bclose\b/i.test(headers.get('connection') ?? '');
  return {
    status: code,
    retryAfter: headers.get('retry-after'),
    keptMs: isKept ? keptMs(headers.get('keep-alive')) : 0,
    body,
  };
}

function bodyOf(code: number, headers: ReadonlyMap<string, string>): Head['body'] | string {
  if (code < 200 || code === 204 || code === 304) return { kind: 'length', bytes: 0 };
  const encoding = headers.get('transfer-encoding');
  const length = headers.get('content-length');
  if (encoding !== undefined) {
    const isPlain = encoding.toLowerCase() === 'chunked' && length === undefined;
    return isPlain ? { kind: 'chunked' } : 'an unknown transfer encoding';
  }
  if (length === undefined) return { kind: 'until-close' };
  return /^\d{1,15}$/.test(length) ? { kind: 'length', bytes: Number(length) } : 'a bad length';
}

function keptMs(keepAlive: string | undefined): number {
  const seconds = /\btimeout=(\d{1,6})\b/i.exec(keepAlive ?? '')?.[1];
  if (seconds === undefined) return defaultKeptMs;
  return Math.max(0, Number(seconds) * 1000 - keptMarginMs);
}
