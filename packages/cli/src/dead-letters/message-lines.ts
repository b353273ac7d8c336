import type { StoredMessage } from '@jetmesh/jetstream';
import { isUtf8 } from 'node:buffer';
import { printable } from './printable.ts';

/** A stored message as lines: its headers, an empty line, its data. */
export function messageLines({ headers, data }: StoredMessage): string[] {
  const lines: string[] = [];
  for (let index = 0; index < headers.length; index += 2) {
    const value = Buffer.from(headers[index + 1] ?? '', 'latin1').toString('utf8');
    lines.push(`${headers[index] ?? ''}: ${printable(value)}`);
  }
  return data.length === 0 ? lines : [...lines, '', ...dataLines(data)];
}

/** Text as it is; what would play with a terminal as base64. */
function dataLines(data: Buffer): string[] {
  const lines = data
    .toString('utf8')
    .replace(/\r?\n$/, '')
    .split(/\r?\n/);
  const isText = isUtf8(data) && !lines.some((line) => /[^\P{Cc}\t]/u.test(line));
  return isText ? lines : [`(${data.length} bytes, base64)`, data.toString('base64')];
}
