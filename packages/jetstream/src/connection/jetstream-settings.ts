/** Where NATS is and who connects. Files are read again at every reconnect, so that they can be rotated. */
export interface JetStreamSettings {
  readonly servers: readonly string[];
  /** Shown by the server beside this connection. */
  readonly name: string;
  readonly user?: string;
  readonly password?: string;
  readonly token?: string;
  readonly credentialsFile?: string;
  readonly nkeyFile?: string;
  readonly tls?: {
    readonly caFile?: string;
    readonly certFile?: string;
    readonly keyFile?: string;
  };
  /** `$JS.API` unless JetStream is reached through a domain: `$JS.<domain>.API`. */
  readonly apiPrefix?: string;
}
