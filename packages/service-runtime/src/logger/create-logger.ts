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
  const inner = winston.createLogger({
    level,
    defaultMeta: { component },
    format: winston.format.combine(
      winston.format.timestamp({ alias: 'time' }),
      rendersErrors(),
      winston.format.json(),
    ),
    transports: new winston.transports.Stream({ stream }) as unknown as winston.transport,
  });
  return new WinstonLogger(inner);
}

/** winston glues a field called `message` to the sentence, and lets a field take the place of the level: not here. */
class WinstonLogger implements LeveledLogger {
  readonly #inner: winston.Logger;

  constructor(inner: winston.Logger) {
    this.#inner = inner;
  }

  get level(): LogLevel {
    return this.#inner.level as LogLevel;
  }

  /** Of this logger and of its children, earlier ones too. */
  set level(level: LogLevel) {
    this.#inner.level = level;
  }

  debug(message: string, fields?: object): void {
    this.#log('debug', message, fields);
  }

  info(message: string, fields?: object): void {
    this.#log('info', message, fields);
  }

  warn(message: string, fields?: object): void {
    this.#log('warn', message, fields);
  }

  error(message: string, fields?: object): void {
    this.#log('error', message, fields);
  }

  child(fields: object): Logger {
    return new WinstonLogger(this.#inner.child(fields));
  }

  #log(level: LogLevel, message: string, fields: object = {}): void {
    if (this.#inner.isLevelEnabled(level)) this.#inner.log({ ...fields, level, message });
  }
}

/** winston prints an Error as {} and drops its cause. */
const rendersErrors = winston.format((line) => {
  delete line.timestamp;
  return line.err === undefined ? line : { ...line, err: renderError(line.err) };
});
