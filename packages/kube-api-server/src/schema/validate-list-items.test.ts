import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '../json/json-value.ts';
import { validateListItems } from './validate-list-items.ts';

const schema = {
  type: 'object',
  properties: {
    tags: { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string' } },
    plain: { type: 'array', items: { type: 'string' } },
    ports: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['port', 'protocol'],
      items: { type: 'object', properties: { port: {}, protocol: {} } },
    },
  },
};

describe('validateListItems', () => {
  it.each<[JsonValue, string[]]>([
    [{ tags: ['a', 'b'], plain: ['a', 'a'], ports: [{ port: 1 }, { port: 2 }] }, []],
    [{ tags: ['a', 'b', 'a', 'a'] }, ['tags[2]: Duplicate value: "a"']],
    [
      { ports: [{ port: 1, protocol: 'TCP' }, { port: 1 }, { protocol: 'TCP', port: 1 }] },
      ['ports[2]: Duplicate value: {"port":1,"protocol":"TCP"}'],
    ],
  ])('of %j', (value, problems) => {
    const found = validateListItems(value, schema).map(
      ({ field, message }) => `${field}: ${message}`,
    );
    expect(found).toEqual(problems);
  });
});
