/** Bytes that the pulls of a process may hold together; each reports the change of its own claim. */
export class ByteBudget {
  readonly #totalBytes: number;
  #claimedBytes = 0;

  constructor(totalBytes: number) {
    this.#totalBytes = totalBytes;
  }

  get freeBytes(): number {
    return this.#totalBytes - this.#claimedBytes;
  }

  change(bytes: number): void {
    this.#claimedBytes += bytes;
  }
}
