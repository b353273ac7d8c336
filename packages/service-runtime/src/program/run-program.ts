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
/** A start that waits for what is not there does nothing yet that would need a stop. */
const startGraceMs = 3_000;

/**
 * Runs a program until it is told to stop: starting → running → stopping → exit.
 *
 * SIGTERM, SIGINT, or the loss of a supervisor's IPC channel stop it (exit 0), in a start too; the same signal again
 * exits at once (1). A start that fails, a `failed` that settles, and anything thrown that nobody caught are one log
 * line and exit 1.
 */
export async function runProgram(
  name: string,
  start: (context: ProgramContext) => Promise<RunningProgram>,
): Promise<void> {
  const logger = createLogger({ component: name, level: 'info' });
  const exitWith = createExit(logger);
  process.on('uncaughtException', (err) => exitWith('Uncaught exception', err));
  process.on('unhandledRejection', (err) => exitWith('Unhandled rejection', err));
  const stopping = new AbortController();
  const stopAsked = whenStopAsked();
  void stopAsked.then(() => {
    stopping.abort();
    const tooLong = new Error(`Not stopped in ${stopDeadlineMs} ms`);
    setTimeout(() => exitWith('Stopping took too long', tooLong), stopDeadlineMs).unref();
  });

  let program: RunningProgram;
  try {
    const starting = start({ env: process.env, signal: stopping.signal });
    void stopAsked.then(() => exitUnless(starting));
    program = await starting;
  } catch (err) {
    if (stopping.signal.aborted) process.exit(0);
    exitWith('Start failed', err);
    return;
  }
  void program.failed?.then((err) => {
    // Whatever a program closes itself while it stops is no failure.
    if (!stopping.signal.aborted) exitWith('Cannot go on', err);
  });
  await stopAsked;
  try {
    await program.stop();
    process.exit(0);
  } catch (err) {
    exitWith('Stopping failed', err);
  }
}

/**
 * A second signal of another kind is the same wish: Ctrl-C reaches every process of a terminal, and then their supervisor
 * sends its own.
 */
function whenStopAsked(): Promise<void> {
  return new Promise((resolve) => {
    const seen = new Set<NodeJS.Signals>();
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (seen.has(signal)) process.exit(1);
        seen.add(signal);
        resolve();
      });
    }
    if (process.connected) process.on('disconnect', resolve);
  });
}

/** Ends a start that has not come to its end after the grace. */
function exitUnless(started: Promise<unknown>): void {
  const timer = setTimeout(() => process.exit(0), startGraceMs).unref();
  const keep = () => clearTimeout(timer);
  started.then(keep, keep);
}

/** The first reason is the reason; what breaks on the way out is not worth a line. */
function createExit(logger: Logger): (message: string, err: unknown) => void {
  let isExiting = false;
  return (message, err) => {
    if (isExiting) return;
    isExiting = true;
    process.exitCode = 1;
    logger.error(message, { err });
    // A moment for the line to leave the process: stdout is a pipe under a supervisor.
    setTimeout(() => process.exit(1), 50);
  };
}
