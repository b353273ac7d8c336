import { hashedPiece, hashedPieceBytes, subjectPiece } from './subject-piece.ts';

const maxTokens = 12;
const maxTailBytes = 512;

/** The tokens of an event type: one a piece between dots, at most 12 of together at most 512 bytes. */
export function typeTokens(type: string): string[] {
  const pieces = type.split('.');
  const tokens = leadingTokens(pieces);
  if (tokens.length < pieces.length) {
    tokens.push(hashedPiece(pieces.slice(tokens.length).join('.')));
  }
  return tokens;
}

/**
 * The tokens of the first pieces, as many as fit. Whether a piece fits depends on those before it and never on what
 * follows: so the tokens of a prefix of a type are the first tokens of that type.
 */
export function leadingTokens(pieces: readonly string[]): string[] {
  const tokens: string[] = [];
  let bytes = 0;
  for (const piece of pieces) {
    const token = subjectPiece(piece);
    bytes += token.length + 1;
    if (tokens.length === maxTokens - 1 || bytes + hashedPieceBytes > maxTailBytes) break;
    tokens.push(token);
  }
  return tokens;
}
