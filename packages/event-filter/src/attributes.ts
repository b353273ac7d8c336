/** Attributes of an event as text, by name in lower case. */
export type Attributes = ReadonlyMap<string, string>;
