/** A legacy event that passed every check. `data` is the exact JSON text that was sent. */
export interface LegacyEvent {
  readonly type: string;
  readonly typeVersion: string;
  /** Undefined when the sender left it to us. */
  readonly id: string | undefined;
  readonly time: string;
  readonly data: string;
  /** Only of `/v2/events`, and only `base64`, the one value that CloudEvents 0.3 knows. */
  readonly dataContentEncoding: string | undefined;
}

export type LegacyApi = 'v1' | 'v2';
