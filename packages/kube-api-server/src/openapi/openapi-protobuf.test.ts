import { describe, expect, it } from '@jest/globals';
import { wireFields } from '../protobuf/wire-fields.ts';
import { openApiProtobuf } from './openapi-protobuf.ts';

/** The message at a path of field numbers, each time the first of that number; text when it is one. */
function at(message: Buffer, ...[number, ...deeper]: readonly number[]): string {
  if (number === undefined) return message.toString();
  const field = wireFields(message)?.find((each) => each.number === number);
  if (field?.kind !== 'bytes') throw new Error(`No message or text in field ${number}`);
  return at(field.bytes, ...deeper);
}

const gvk = { group: 'example.com', version: 'v1', kind: 'Thing' };
const document = openApiProtobuf({
  swagger: '2.0',
  info: { title: 'Kubernetes', version: 'v1' },
  paths: {
    '/things': {
      patch: {
        'x-kubernetes-group-version-kind': gvk,
        parameters: [{ name: 'dryRun', in: 'query', type: 'string' }],
        responses: { '200': { description: 'OK' } },
      },
    },
  },
  definitions: {
    Thing: {
      type: 'object',
      description: 'a thing',
      required: ['size'],
      properties: { size: { type: 'integer', minimum: 1, default: 5 } },
      'x-kubernetes-group-version-kind': [gvk],
    },
  },
});

describe('openApiProtobuf', () => {
  it.each([
    ['the version', [1], '2.0'],
    ['the name of a definition', [9, 1, 1], 'Thing'],
    ['a description', [9, 1, 2, 4], 'a thing'],
    ['a type', [9, 1, 2, 22, 1], 'object'],
    ['what is required', [9, 1, 2, 19], 'size'],
    ['the name of a property', [9, 1, 2, 25, 1, 1], 'size'],
    ['a default', [9, 1, 2, 25, 1, 2, 5, 2], '5'],
    ['an extension', [9, 1, 2, 31, 2, 2], JSON.stringify([gvk])],
    ['a path', [8, 2, 1], '/things'],
    ['a parameter', [8, 2, 2, 8, 8, 1, 2, 3, 4], 'dryRun'],
    ['the kind of an operation', [8, 2, 2, 8, 13, 2, 2], JSON.stringify(gvk)],
  ])('has %s where gnostic has it', (_what, path, text) => {
    expect(at(document, ...path)).toBe(text);
  });
});
