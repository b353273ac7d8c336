import type { Attributes } from './attributes.ts';

export type AttributeReader = (attributes: Attributes) => string | undefined;

/**
 * Reads an attribute by the name that a filter uses. Filters have a few more names than events: a schema is found by
 * its name in either version of CloudEvents, and `datamediatype` is the content type without its parameters.
 */
export function attributeReader(name: string): AttributeReader {
  switch (name) {
    case 'dataschema':
      return (attributes) => attributes.get('dataschema') ?? attributes.get('schemaurl');
    case 'schemaurl':
      return (attributes) => attributes.get('schemaurl') ?? attributes.get('dataschema');
    case 'datamediatype':
      return (attributes) => attributes.get('datamediatype') ?? mediaTypeOf(attributes);
    default:
      return (attributes) => attributes.get(name);
  }
}

/** Whether a filter's value for the name is that of the event's own attribute and no other. */
export function isPlainAttribute(name: string): boolean {
  return name !== 'dataschema' && name !== 'schemaurl' && name !== 'datamediatype';
}

function mediaTypeOf(attributes: Attributes): string | undefined {
  return attributes.get('datacontenttype')?.replace(/;.*$/s, '').trim().toLowerCase();
}
