export { Counter, Gauge, Histogram, Registry } from 'prom-client';
export { type AdminSettings, readAdminSettings } from './admin/admin-settings.ts';
export { createRegistry } from './admin/create-registry.ts';
export {
  type AdminServer,
  type AdminServerOptions,
  startAdminServer,
} from './admin/start-admin-server.ts';
export { ConfigError } from './config/config-error.ts';
export { EnvironmentReader } from './config/environment-reader.ts';
export { createLogger, type LeveledLogger } from './logger/create-logger.ts';
export { type Logger, type LogLevel, logLevels } from './logger/logger.ts';
export { orAborted } from './program/or-aborted.ts';
export { type ProgramContext, runProgram, type RunningProgram } from './program/run-program.ts';
