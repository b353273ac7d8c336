export interface NatsServerSettings {
  readonly host: string;
  readonly port: number;
  readonly storeDir: string;
}

/**
 * Every stream reserves all that it may ever hold. On a machine of one's own many Brokers with little in them are more
 * likely than full ones, so the sum may exceed the disk.
 */
const maxFileStoreBytes = 2 ** 40;

/** A nats-server configuration for one local server with JetStream in `storeDir`. */
export function natsServerConfig(settings: NatsServerSettings): string {
  return [
    `host: ${JSON.stringify(settings.host)}`,
    `port: ${settings.port}`,
    `jetstream { store_dir: ${JSON.stringify(settings.storeDir)}, max_file_store: ${maxFileStoreBytes} }`,
    '',
  ].join('\n');
}
