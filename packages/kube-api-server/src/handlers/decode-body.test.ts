import { describe, expect, it } from '@jest/globals';
import { decodeBody, decodeYaml, parseJson } from './decode-body.ts';

const decode = (text: string, type = 'application/json') => decodeBody(Buffer.from(text), type);

describe('decodeBody', () => {
  it.each([
    ['{"a":1}', 'application/json'],
    ['{"a":1}', ''],
    ['{"a":1}', 'application/json; charset=utf-8'],
    ['a: 1', 'application/yaml'],
    ['{"a":1}', 'application/yaml'],
  ])('reads %p as %p', (text, type) => {
    expect(decode(text, type)).toEqual({ object: { a: 1 }, complaints: [] });
  });

  it('names what stands twice', () => {
    expect(decode('{"a":{"b":1,"b":2}}').complaints).toEqual(['duplicate field "a.b"']);
    expect(decode('a: 1\na: 2', 'application/yaml')).toEqual({
      object: { a: 2 },
      complaints: ['yaml: line 2: key already set in map'],
    });
  });

  it.each([
    ['{', 'application/json', 'the object provided is unrecognized'],
    ['[]', 'application/json', 'not an object'],
    ['a: [', 'application/yaml', 'error decoding YAML'],
    ['{"a":{"__proto__":1}}', 'application/json', 'a field may not be called __proto__'],
    ['a: {__proto__: 1}', 'application/yaml', 'a field may not be called __proto__'],
    ['a=1', 'application/x-www-form-urlencoded', 'unknown format'],
    ['k8s', 'application/vnd.kubernetes.protobuf', 'not a Kubernetes protobuf message'],
  ])('refuses %p as %p', (text, type, message) => {
    expect(() => decode(text, type)).toThrow(message);
  });

  it('allows the text __proto__ anywhere but as a field', () => {
    expect(parseJson(Buffer.from('{"a":"__proto__"}'))).toEqual({ a: '__proto__' });
  });

  it('does not unfold aliases without end', () => {
    const bomb = [
      'a: &a [x]',
      ...Array.from(
        { length: 20 },
        (_, at) => `b${at}: &b${at} [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]`,
      ),
    ];
    expect(() => decodeYaml(Buffer.from(bomb.join('\n')))).toThrow(
      expect.objectContaining({
        httpCode: 400,
        message: expect.stringContaining('alias'),
      }),
    );
  });
});
