import winston from 'winston';
import type { Logger, LogLevel } from './logger.ts';
import { renderError } from './render-error.ts';

export interface LeveledLogger extends Logger {
  level: LogLevel;
}

/** A logger that writes one JSON object a line to `stream`: time, level, message, component, fields. */
export function createLogger(options: {
  component: string;
  level: LogLevel;
  stream?: NodeJS.WritableStream;
}): LeveledLogger {
  const { component, level, stream = process.stdout } = options;
  return winston.createLogger({
    level,
    defaultMeta: { component },
    format: winston.format.combine(
      winston.format.timestamp({ alias: 'time' }),
      rendersErrors(),
      winston.format.json(),
    ),
    transports: new winston.transports.Stream({ stream }) as unknown as winston.transport,
  }) as unknown as LeveledLogger;
}

/** winston prints an Error as {} and drops its cause. */
const rendersErrors = winston.format((line) => {
  delete line.timestamp;
  return line.err === undefined ? line : { ...line, err: renderError(line.err) };
});
