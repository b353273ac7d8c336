/** What a command may touch of the outside; made once in `main.ts`. */
export interface CommandContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  /** Aborted by the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  print(line: string): void;
  complain(line: string): void;
}

/** A failure of a command that the user can mend: printed as it stands, exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code = 'command_failed';
}
