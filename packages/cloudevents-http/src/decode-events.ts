import type { CloudEvent } from './cloud-event.ts';
import type { ContentMode } from './content-mode.ts';
import type { Refusal } from './refusal.ts';

export interface DecodeOptions {
  /** A longer batch is refused. No limit but the body's size when absent. */
  readonly maxBatchCount?: number;
}

export type Decoded = {
  readonly kind: 'decoded';
  readonly mode: ContentMode;
  readonly events: CloudEvent[];
};

export function decodeEvents(
  _rawHeaders: readonly string[],
  _body: Buffer,
  _options: DecodeOptions = {},
): Decoded | Refusal {
  throw new Error('follows in the next commit');
}
