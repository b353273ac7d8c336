/** A command whose outcome differs between the servers on purpose. */
export interface KnownDifference {
  readonly line: string;
  readonly reason: string;
  /** What differs, on either side; what is left must be equal. Everything when absent. */
  readonly differing?: RegExp;
}

/** Listed in the README of packages/kube-api-server too. One that no longer occurs fails its test. */
export const knownDifferences: readonly KnownDifference[] = [];
