import { describe, expect, it } from '@jest/globals';
import { readTarget } from './read-target.ts';

const codeOf = (method: string, url: string) => {
  const target = readTarget(method, url);
  return target.kind === 'answered' ? target.answer.code : target.path;
};

describe('readTarget', () => {
  it.each([
    ['OPTIONS', '/ns/name', 200],
    ['OPTIONS', '/', 200],
    ['GET', '/ns/name', 405],
    ['HEAD', '/', 405],
    ['PUT', '/ns/name', 405],
    ['DELETE', '/ns/name', 405],
    ['POST', '/', 404],
    ['POST', '/ns', 400],
    ['POST', '/ns/', 400],
    ['POST', '//name', 400],
    ['POST', '/ns//', 400],
    ['POST', '/ns/name/more', 400],
    ['POST', '/ns/name//', 400],
    ['POST', 'http://host/ns/name', 400],
    ['POST', '/ns/name', '/ns/name'],
    ['POST', '/ns/name/', '/ns/name'],
    ['POST', '/ns/my.broker', '/ns/my.broker'],
    ['POST', '/ns/name?x=1', '/ns/name?x=1'],
  ])('%s %s is %s', (method, url, expected) => {
    expect(codeOf(method, url)).toBe(expected);
  });

  it('permits every origin and rate in the answer to a probe', () => {
    const target = readTarget('OPTIONS', '/ns/name');
    expect(target).toEqual({
      kind: 'answered',
      answer: {
        code: 200,
        headers: ['WebHook-Allowed-Origin', '*', 'WebHook-Allowed-Rate', '*'],
      },
    });
  });
});
