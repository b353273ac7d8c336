import type { EnvironmentReader } from '../config/environment-reader.ts';
import { logLevels, type LogLevel } from '../logger/logger.ts';

/** What every program has: its log level and its admin server's address. */
export interface AdminSettings {
  readonly logLevel: LogLevel;
  readonly adminHost: string;
  readonly adminPort: number;
}

/** LOG_LEVEL=info, ADMIN_HOST=0.0.0.0, ADMIN_PORT=9090. */
export function readAdminSettings(reader: EnvironmentReader): AdminSettings {
  return {
    logLevel: reader.oneOf('LOG_LEVEL', logLevels, 'info'),
    adminHost: reader.string('ADMIN_HOST', '0.0.0.0'),
    adminPort: reader.port('ADMIN_PORT', 9090),
  };
}
