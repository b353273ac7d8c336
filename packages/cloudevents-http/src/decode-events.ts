import { decodeBinary } from './binary/decode-binary.ts';
import type { CloudEvent } from './cloud-event.ts';
import type { ContentMode } from './content-mode.ts';
import { contentTypeOf } from './headers/content-type-of.ts';
import { recogniseContentMode } from './media-type/recognise-content-mode.ts';
import { isRefusal, type Refusal } from './refusal.ts';
import { decodeBatch } from './structured/decode-batch.ts';
import { decodeStructured } from './structured/decode-structured.ts';

export interface DecodeOptions {
  /** A longer batch is refused; without it only the size of the body is a limit. */
  readonly maxBatchCount?: number;
}

export type Decoded = {
  readonly kind: 'decoded';
  readonly mode: ContentMode;
  readonly events: CloudEvent[];
};

/** Reads the events of an HTTP message in whichever mode it is, or says why it is refused. */
export function decodeEvents(
  rawHeaders: readonly string[],
  body: Buffer,
  options: DecodeOptions = {},
): Decoded | Refusal {
  const recognised = recogniseContentMode(contentTypeOf(rawHeaders));
  if (recognised.kind === 'refused') return recognised;
  switch (recognised.mode) {
    case 'binary':
      return decoded('binary', decodeBinary(rawHeaders, body));
    case 'structured':
      return decoded('structured', decodeStructured(body));
    case 'batched':
      return decoded('batched', decodeBatch(body, options.maxBatchCount ?? Infinity));
  }
}

function decoded(mode: ContentMode, result: CloudEvent | CloudEvent[] | Refusal) {
  if (isRefusal(result)) return result;
  const events = Array.isArray(result) ? result : [result];
  return { kind: 'decoded', mode, events } as const;
}
