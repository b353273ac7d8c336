export interface HttpMessage {
  /** Name, value, name, value …; a value is a byte string, one character a byte. */
  readonly headers: string[];
  readonly body: Buffer;
}
