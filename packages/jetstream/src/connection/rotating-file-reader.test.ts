import { describe, expect, it } from '@jest/globals';
import { rotatingFileReader } from './rotating-file-reader.ts';

describe('rotatingFileReader', () => {
  it('reads what is there now, and bridges a moment without it', () => {
    let content: string | undefined = 'one';
    const read = rotatingFileReader(() => {
      if (content === undefined) throw new Error('ENOENT');
      return Buffer.from(content);
    });
    expect(read('f').toString()).toBe('one');
    content = undefined;
    expect(read('f').toString()).toBe('one');
    content = 'two';
    expect(read('f').toString()).toBe('two');
  });

  it('fails for a file that was never there', () => {
    const read = rotatingFileReader(() => {
      throw new Error('ENOENT');
    });
    expect(() => read('f')).toThrow('ENOENT');
  });
});
