import { expect, it } from '@jest/globals';
import { withAttributes } from './with-attributes.ts';

it('sets and removes attributes of a copy', () => {
  const attributes = new Map([
    ['id', '1'],
    ['time', 'x'],
    ['ext', 'a'],
  ]);
  const data = Buffer.from('x');
  const changed = withAttributes({ attributes, data }, { ext: 'b', time: undefined, more: 'c' });
  expect([...changed.attributes]).toEqual([
    ['id', '1'],
    ['ext', 'b'],
    ['more', 'c'],
  ]);
  expect(changed.data).toBe(data);
  expect(attributes.get('ext')).toBe('a');
});
