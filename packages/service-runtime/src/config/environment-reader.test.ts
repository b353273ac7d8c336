import { describe, expect, it } from '@jest/globals';
import { ConfigError } from './config-error.ts';
import { EnvironmentReader } from './environment-reader.ts';

type Read = (reader: EnvironmentReader) => unknown;

describe('EnvironmentReader', () => {
  it.each<[string, string | undefined, Read, unknown]>([
    ['a string', 'text', (reader) => reader.string('X', 'fallback'), 'text'],
    ['the fallback of an absent string', undefined, (reader) => reader.string('X', 'f'), 'f'],
    ['the fallback of an empty string', ' ', (reader) => reader.string('X', 'f'), 'f'],
    ['an absent optional string', undefined, (reader) => reader.optionalString('X'), undefined],
    ['a list', 'a, b,,c', (reader) => reader.stringList('X', []), ['a', 'b', 'c']],
    ['a port', '8080', (reader) => reader.port('X', 1), 8080],
    ['an integer', '-5', (reader) => reader.integer('X', 1), -5],
    ['plain bytes', '512', (reader) => reader.bytes('X', 1), 512],
    ['mebibytes', '64Mi', (reader) => reader.bytes('X', 1), 67_108_864],
    ['milliseconds', '250', (reader) => reader.durationMs('X', 1), 250],
    ['seconds', '10s', (reader) => reader.durationMs('X', 1), 10_000],
    ['minutes', '5m', (reader) => reader.durationMs('X', 1), 300_000],
    ['a boolean', 'false', (reader) => reader.boolean('X', true), false],
    ['a choice', 'b', (reader) => reader.oneOf('X', ['a', 'b'], 'a'), 'b'],
  ])('reads %s', (_case, value, read, expected) => {
    const reader = new EnvironmentReader({ X: value });
    expect(read(reader)).toEqual(expected);
    expect(() => reader.finish()).not.toThrow();
  });

  it.each<[string, Read]>([
    ['5constructor', (reader) => reader.bytes('X', 1)],
    ['99999999999Gi', (reader) => reader.bytes('X', 1)],
    ['1.5s', (reader) => reader.durationMs('X', 1)],
    ['-5s', (reader) => reader.durationMs('X', 1)],
    ['0x10', (reader) => reader.integer('X', 1)],
    ['99999999999999999999', (reader) => reader.integer('X', 1)],
    ['yes', (reader) => reader.boolean('X', false)],
  ])('refuses %s', (value, read) => {
    const reader = new EnvironmentReader({ X: value });
    read(reader);
    expect(() => reader.finish()).toThrow(ConfigError);
  });

  it('names every problem in one error', () => {
    const reader = new EnvironmentReader({ P: '70000', D: 'soon', B: '1Kb', C: 'c' });
    reader.requiredString('R');
    reader.port('P', 1);
    reader.durationMs('D', 1);
    reader.bytes('B', 1);
    reader.oneOf('C', ['a', 'b'], 'a');
    const problems = [
      'R is required',
      'P must be a whole number from 0 to 65535, not "70000"',
      'D must be a duration such as 250ms, 10s or 5m, not "soon"',
      'B must be a size such as 65536, 64Mi or 1Gi, not "1Kb"',
      'C must be one of a, b, not "c"',
    ];
    expect(() => reader.finish()).toThrow(new ConfigError(problems));
  });
});
