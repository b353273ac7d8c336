/** One event, whatever mode it came in. Attribute values are their canonical text. */
export interface CloudEvent {
  /** Names in lower case without `ce-`; `datacontenttype` is one of them. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Undefined: the event has no data, which is not the same as data of no bytes. */
  readonly data: Buffer | undefined;
}
