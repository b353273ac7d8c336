import { createLogger } from '../logger/create-logger.ts';
import type { Logger } from '../logger/logger.ts';

export interface ProgramContext {
  readonly env: NodeJS.ProcessEnv;
  /** Aborted when the program is asked to stop, before `stop` is called. */
  readonly signal: AbortSignal;
}

export interface RunningProgram {
  /** Stops everything in the reverse order of its start, within the program's own deadlines. */
  stop(): Promise<void>;
  /** Settles with the reason when the program cannot go on. */
  readonly failed?: Promise<Error>;
}

/** A `stop` that hangs is cut off here; shorter than the grace that Kubernetes and `jetmesh up` give. */
const stopDeadlineMs = 28_000;

/**
 * Runs a program until it is told to stop: starting → running → stopping → exit.
 *
 * SIGTERM, SIGINT, or the loss of a supervisor's IPC channel stop it (exit 0); a second signal exits at once (1). A start
 * that fails, a `failed` that settles, and anything thrown that nobody caught are one log line and exit 1.
 */
export async function runProgram(
  name: string,
  start: (context: ProgramContext) => Promise<RunningProgram>,
): Promise<void> {
  const logger = createLogger({ component: name, level: 'info' });
  const stopping = new AbortController();
  exitOnUncaught(logger);
  const stopAsked = new Promise<void>((resolve) => {
    onStopAsked(() => {
      if (stopping.signal.aborted) process.exit(1);
      stopping.abort();
      resolve();
    });
  });

  let program: RunningProgram;
  try {
    program = await start({ env: process.env, signal: stopping.signal });
  } catch (err) {
    if (stopping.signal.aborted) process.exit(0);
    exitWith(logger, 'Start failed', err);
    return;
  }
  void program.failed?.then((err) => {
    // Whatever a program closes itself while it stops is no failure.
    if (!stopping.signal.aborted) exitWith(logger, 'Cannot go on', err);
  });
  await stopAsked;
  await stopWithin(program, logger);
}

function onStopAsked(ask: () => void): void {
  process.on('SIGTERM', ask);
  process.on('SIGINT', ask);
  if (process.connected) process.on('disconnect', ask);
}

async function stopWithin(program: RunningProgram, logger: Logger): Promise<void> {
  setTimeout(() => {
    exitWith(logger, 'Stopping took too long', new Error(`Not stopped in ${stopDeadlineMs} ms`));
  }, stopDeadlineMs).unref();
  try {
    await program.stop();
    process.exit(0);
  } catch (err) {
    exitWith(logger, 'Stopping failed', err);
  }
}

function exitOnUncaught(logger: Logger): void {
  process.on('uncaughtException', (err) => exitWith(logger, 'Uncaught exception', err));
  process.on('unhandledRejection', (err) => exitWith(logger, 'Unhandled rejection', err));
}

/** A moment for the line to leave the process: stdout is a pipe under a supervisor. */
function exitWith(logger: Logger, message: string, err: unknown): void {
  logger.error(message, { err });
  process.exitCode = 1;
  setTimeout(() => process.exit(1), 50);
}
