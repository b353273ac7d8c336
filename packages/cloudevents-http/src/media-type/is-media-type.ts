import { parseMediaType } from './media-type.ts';

export function isMediaType(text: string): boolean {
  return text === 'application/json' || parseMediaType(text) !== undefined;
}
