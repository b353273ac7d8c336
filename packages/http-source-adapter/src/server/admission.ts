export interface AdmissionLimits {
  readonly maxOutstandingCount: number;
  readonly maxOutstandingBytes: number;
}

/** Counts requests that are open and the bytes of their bodies, so that both stay bounded. */
export class Admission {
  readonly #limits: AdmissionLimits;
  #count = 0;
  #bytes = 0;

  constructor(limits: AdmissionLimits) {
    this.#limits = limits;
  }

  get outstandingCount(): number {
    return this.#count;
  }

  /** Undefined when as much is open as may be; else what one request holds until it releases it. */
  admit(): AdmittedRequest | undefined {
    if (this.#count >= this.#limits.maxOutstandingCount) return undefined;
    this.#count += 1;
    let held = 0;
    return {
      hold: (bytes) => {
        if (this.#bytes + bytes > this.#limits.maxOutstandingBytes) return false;
        this.#bytes += bytes;
        held += bytes;
        return true;
      },
      release: () => {
        this.#count -= 1;
        this.#bytes -= held;
        held = 0;
      },
    };
  }
}

export interface AdmittedRequest {
  /** False when these bytes would exceed the bound; they are then not held. */
  hold(bytes: number): boolean;
  /** Called once. */
  release(): void;
}
