/** One command of the list that is run on both servers, in order, each on what the ones before it left behind. */
export interface KubectlCommand {
  /** What follows `kubectl`; single quotes keep blanks together. Unique: it names the test. */
  readonly line: string;
  /** On both servers; 0 when absent, undefined for a command that is ended by `until`. */
  readonly exitCode?: number | undefined;
  readonly stdin?: string;
  /** Ends a command that would go on, once its output has this. */
  readonly until?: RegExp;
  /** Removes what only a real server makes, and when it likes: not compared. */
  readonly isTidying?: true;
  /** For a command that an older kubectl does not have: the minor version that brought it. */
  readonly sinceMinor?: number;
  /** Another command, run while this one goes on. */
  readonly meanwhile?: string;
}
