/** Thrown while an expression is read and caught where that began; never leaves this folder. */
export class CesqlSyntaxError extends Error {
  override readonly name = 'CesqlSyntaxError';
  readonly code = 'cesql_syntax';
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}
