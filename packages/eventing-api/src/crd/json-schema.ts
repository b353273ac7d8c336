/** The part of OpenAPI v3 that structural schemas of CustomResourceDefinitions allow. */
export interface JsonSchema {
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  description?: string;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema;
  items?: JsonSchema;
  required?: string[];
  enum?: string[];
  default?: unknown;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  maxProperties?: number;
  'x-kubernetes-preserve-unknown-fields'?: true;
  'x-kubernetes-validations'?: ValidationRule[];
  'x-kubernetes-list-type'?: 'map' | 'atomic' | 'set';
  'x-kubernetes-list-map-keys'?: string[];
}

/** A CEL rule; `self` is the value it stands on. */
export interface ValidationRule {
  rule: string;
  message: string;
  /** CEL that gives the message where it can be evaluated. */
  messageExpression?: string;
}

/** An object with these fields; fields outside them are pruned. */
export function objectOf(
  properties: Record<string, JsonSchema>,
  more: Omit<JsonSchema, 'type' | 'properties'> = {},
): JsonSchema {
  return { type: 'object', ...more, properties };
}

export function listOf(
  items: JsonSchema,
  more: Omit<JsonSchema, 'type' | 'items'> = {},
): JsonSchema {
  return { type: 'array', ...more, items };
}

export function text(description?: string, more: Omit<JsonSchema, 'type'> = {}): JsonSchema {
  return { type: 'string', ...(description === undefined ? {} : { description }), ...more };
}

/** A map from any key to text. */
export function textMap(more: Omit<JsonSchema, 'type'> = {}): JsonSchema {
  return { type: 'object', ...more, additionalProperties: { type: 'string' } };
}

/** An object whose fields are stored as they come. */
export function openObject(description: string): JsonSchema {
  return { type: 'object', description, 'x-kubernetes-preserve-unknown-fields': true };
}
