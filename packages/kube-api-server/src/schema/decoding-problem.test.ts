import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../json/json-value.ts';
import { compileValidator } from './compile-validator.ts';
import { decodingProblem } from './decoding-problem.ts';

const schema = {
  type: 'object',
  properties: {
    data: { type: 'object', additionalProperties: { type: 'string' } },
    ports: {
      type: 'array',
      items: { type: 'object', properties: { port: { type: 'integer', format: 'int32' } } },
    },
    names: { type: 'array', items: { type: 'string' } },
    flag: { type: 'boolean' },
    at: { type: 'string', format: 'micro-time' },
  },
};
const start = 'json: cannot unmarshal';

describe('decodingProblem', () => {
  it.each<[JsonObject, string]>([
    [{ data: 5 }, `${start} number into Go struct field Kind.data of type map[string]string`],
    [{ data: { a: 5 } }, `${start} number into Go struct field Kind.data of type string`],
    [{ data: [] }, `${start} array into Go struct field Kind.data of type map[string]string`],
    [
      { ports: [{ port: 'x' }] },
      `${start} string into Go struct field Kind.ports.port of type int32`,
    ],
    [{ names: true }, `${start} bool into Go struct field Kind.names of type []string`],
    [{ flag: {} }, `${start} object into Go struct field Kind.flag of type bool`],
    [
      { at: '2026-01-01T00:00:00Z' },
      'parsing time "2026-01-01T00:00:00Z" as "2006-01-02T15:04:05.000000Z07:00": cannot parse',
    ],
  ])('of %j', (value, text) => {
    const [problem] = compileValidator(schema)(value);
    expect(problem && decodingProblem(problem, { value, schema, root: 'Kind' })).toBe(text);
  });
});
