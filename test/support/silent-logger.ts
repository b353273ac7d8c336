const ignore = (): void => undefined;

/** A logger for tests of which the log is not the subject. */
export const silentLogger = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  child: () => silentLogger,
};
