/**
 * How a field of a protobuf message becomes JSON. Kinds ending in `?` are pointers in Go: their zero is a value.
 * `json` is raw JSON in a message of its own (FieldsV1), `intOrText` is IntOrString.
 */
export type FieldType =
  | 'text'
  | 'int'
  | 'int?'
  | 'flag'
  | 'flag?'
  | 'base64'
  | 'time'
  | 'microTime'
  | 'json'
  | 'intOrText'
  | { readonly message: MessageType }
  | { readonly list: FieldType }
  | { readonly map: FieldType };

/** Fields by number. */
export type MessageType = Readonly<Record<number, readonly [name: string, type: FieldType]>>;
