export type TokenKind = 'integer' | 'string' | 'word' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** Of a string its value; of everything else what is written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}
