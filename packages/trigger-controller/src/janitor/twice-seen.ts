/** Remembers one look: what was already there at the look before has been seen twice. */
export class TwiceSeen {
  #before: ReadonlySet<string> = new Set();

  /** Of `names`, those that the previous look saw too. */
  again(names: readonly string[]): string[] {
    const before = this.#before;
    this.#before = new Set(names);
    return names.filter((name) => before.has(name));
  }
}
