export interface NatsServerSettings {
  readonly host: string;
  readonly port: number;
  readonly storeDir: string;
}

/** A nats-server configuration for one local server with JetStream in `storeDir`. */
export function natsServerConfig(settings: NatsServerSettings): string {
  return [
    `host: ${JSON.stringify(settings.host)}`,
    `port: ${settings.port}`,
    `jetstream { store_dir: ${JSON.stringify(settings.storeDir)} }`,
    '',
  ].join('\n');
}
