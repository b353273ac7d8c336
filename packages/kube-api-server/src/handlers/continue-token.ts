interface ContinueToken {
  readonly revision: number;
  /** Key of the last object of the page before. */
  readonly after: string;
}

export function encodeContinueToken(token: ContinueToken): string {
  return Buffer.from(JSON.stringify([token.revision, token.after])).toString('base64url');
}

export function decodeContinueToken(text: string): ContinueToken | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (!Array.isArray(value)) return undefined;
    const [revision, after] = value as unknown[];
    return typeof revision === 'number' && typeof after === 'string'
      ? { revision, after }
      : undefined;
  } catch {
    return undefined;
  }
}
