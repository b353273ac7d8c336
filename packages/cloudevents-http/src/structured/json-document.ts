import { isUtf8 } from 'node:buffer';
import { refuse, type Refusal } from '../refusal.ts';

export interface JsonDocument {
  readonly value: unknown;
}

export function parseJsonDocument(bytes: Buffer): JsonDocument | Refusal {
  if (!isUtf8(bytes)) return refuse('body', 'must be UTF-8');
  try {
    return { value: JSON.parse(bytes.toString('utf8')) };
  } catch {
    return refuse('body', 'must be valid JSON');
  }
}
