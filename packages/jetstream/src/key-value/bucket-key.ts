import assert from 'node:assert/strict';

const longestTokenBytes = 2_048;

/** Any text as one token of a subject: letters, digits, `_`, `/` and `-` stay, other bytes become `=XX`. */
export function keyToken(key: string): string {
  assert.ok(key !== '', 'A key has at least one character');
  const token = [...Buffer.from(key, 'utf8')].map(escaped).join('');
  assert.ok(token.length <= longestTokenBytes, `The key "${key}" is too long`);
  return token;
}

export function keyOfToken(token: string): string {
  const bytes = token.replace(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function escaped(byte: number): string {
  const char = String.fromCharCode(byte);
  if (/[A-Za-z0-9_/-]/.test(char)) return char;
  return `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
