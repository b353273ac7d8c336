import { createHash } from 'node:crypto';

const maxPieceBytes = 64;
const plainPiece = /^[A-Za-z0-9_-]{1,64}$/;
const plainByte = /[A-Za-z0-9_-]/;

/**
 * One legal, bounded subject token for one piece of text. Letters, digits, `_` and `-` stay; any other byte of its
 * UTF-8 form becomes `=XX`; nothing becomes `=`; what would be longer than 64 bytes becomes `=H` and a hash.
 */
export function subjectPiece(piece: string): string {
  if (plainPiece.test(piece)) return piece;
  if (piece === '') return '=';
  if (piece.length > maxPieceBytes) return hashedPiece(piece);
  const escaped = escapeBytes(Buffer.from(piece, 'utf8'));
  return escaped.length > maxPieceBytes ? hashedPiece(piece) : escaped;
}

/** `H` is no hexadecimal digit, so that no escaped piece looks like this. */
export function hashedPiece(text: string): string {
  return `=H${createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 32)}`;
}

export const hashedPieceBytes = 34;

function escapeBytes(bytes: Buffer): string {
  let escaped = '';
  for (const byte of bytes) {
    const char = String.fromCharCode(byte);
    escaped += plainByte.test(char) ? char : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return escaped;
}
