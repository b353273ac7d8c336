/** A command of kubectl, what it reads, and what comes of it. Commands run in the order of their list. */
export interface KubectlCommand {
  /** What follows `kubectl`; single quotes keep blanks together. */
  readonly line: string;
  /** Standard input, for `-f -`. */
  readonly input?: string;
  /** Default 0. */
  readonly exits?: number;
  /** Of what it prints, on either stream. */
  readonly prints?: RegExp;
}
