/** Answers by code. Plain numbers, turned into metrics only when somebody asks. */
export class IngressCounts {
  readonly #byCode = new Map<number, number>();

  add(code: number): void {
    this.#byCode.set(code, (this.#byCode.get(code) ?? 0) + 1);
  }

  entries(): Iterable<[code: number, count: number]> {
    return this.#byCode.entries();
  }
}
