import type { ServerFeatures } from './server-features.ts';
import type { NatsPort } from './nats-port.ts';

/** One connection to NATS for a whole program: it reconnects for ever and tells who asks whether it stands. */
export interface JetStreamConnection {
  readonly isConnected: boolean;
  /** Of the server that is, or was last, at the other end. */
  readonly features: ServerFeatures;
  readonly maxPayloadBytes: number;
  /** Calls back at every change; the returned function ends that. */
  onConnectionChange(listener: (isConnected: boolean) => void): () => void;
  /** Settles when the connection is gone for good: by `close()`, or with the error that ended it. */
  readonly closed: Promise<Error | undefined>;
  /** Writes out what is queued, then disconnects. */
  close(): Promise<void>;
  /** `$JS.API`, or that of a domain. */
  readonly apiPrefix: string;
  /** The wire, for this package alone. */
  readonly port: NatsPort;
}
