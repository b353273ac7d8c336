/** A server ends a request at its time, but may fail to say so when a message arrives in that very moment. */
const graceMs = 1_000;

interface OutstandingRequest {
  count: number;
  bytes: number;
  readonly expiresAt: number;
}

/**
 * What was asked for and has not arrived. Messages do not tell which request they answer, so the oldest one counts
 * first: the sum is right, and what a lost status leaves over goes when its request must have ended.
 */
export class OutstandingRequests {
  #requests: OutstandingRequest[] = [];
  #count = 0;
  #bytes = 0;

  get count(): number {
    return this.#count;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(count: number, bytes: number, expiresAt: number): void {
    this.#requests.push({ count, bytes, expiresAt });
    this.#count += count;
    this.#bytes += bytes;
  }

  takeOff(count: number, bytes: number): void {
    let countLeft = count;
    let bytesLeft = bytes;
    while (countLeft > 0) {
      const oldest = this.#requests[0];
      if (oldest === undefined) return;
      const takenBytes = Math.min(bytesLeft, oldest.bytes);
      const takenCount = Math.min(countLeft, oldest.count);
      this.#take(oldest, takenCount, takenBytes);
      countLeft -= takenCount;
      bytesLeft -= takenBytes;
      if (oldest.count === 0) this.#drop(oldest);
    }
  }

  clear(): void {
    this.#requests = [];
    this.#count = 0;
    this.#bytes = 0;
  }

  /** Drops what must have ended. */
  expire(now: number): void {
    for (let oldest = this.#requests[0]; oldest !== undefined; oldest = this.#requests[0]) {
      if (now < oldest.expiresAt + graceMs) return;
      this.#drop(oldest);
    }
  }

  #take(request: OutstandingRequest, count: number, bytes: number): void {
    request.count -= count;
    request.bytes -= bytes;
    this.#count -= count;
    this.#bytes -= bytes;
  }

  #drop(oldest: OutstandingRequest): void {
    this.#take(oldest, oldest.count, oldest.bytes);
    this.#requests.shift();
  }
}
