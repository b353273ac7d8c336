export interface BrokerClientSettings {
  /** From the call until the answer is complete, waiting for a connection included. */
  readonly timeoutMs: number;
  readonly maxConnectionsPerOrigin: number;
}
