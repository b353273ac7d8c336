import { describe, expect, it } from '@jest/globals';
import { compileJsonPath } from './json-path.ts';

const object = {
  spec: { broker: 'default', 'a.b': 1, list: [{ n: 'x' }, { n: 'y' }] },
  status: {
    conditions: [
      { type: 'Ready', status: 'True', reason: 'Ok' },
      { type: 'Other', status: 'False' },
    ],
  },
};

describe('compileJsonPath', () => {
  it.each([
    ['.spec.broker', ['default']],
    ['spec.broker', ['default']],
    ['{.spec.broker}', ['default']],
    ['$.spec.broker', ['default']],
    ['.spec.nothing', []],
    ['.spec.nothing.deeper', []],
    ['.spec.list[0].n', ['x']],
    ['.spec.list[-1].n', ['y']],
    ['.spec.list[5].n', []],
    ['.spec.list[*].n', ['x', 'y']],
    [".spec['a.b']", [1]],
    ['.spec.a\\.b', [1]],
    ['.status.conditions[?(@.type=="Ready")].status', ['True']],
    [".status.conditions[?(@.type=='Ready')].status", ['True']],
    ['.status.conditions[?(@.type == "Ready")].status', ['True']],
    ['.status.conditions[?(@.type!="Ready")].status', ['False']],
    ['.status.conditions[?(@.type=="None")].status', []],
  ])('reads %s', (path, expected) => {
    expect(compileJsonPath(path)?.(object)).toEqual(expected);
  });

  it.each(['.spec[', '.spec..broker', '.spec[?(@.a>1)]'])('does not know %s', (path) => {
    expect(compileJsonPath(path)).toBeUndefined();
  });
});
