import { describe, expect, it } from '@jest/globals';
import { Writable } from 'node:stream';
import { createLogger } from './create-logger.ts';

function capture() {
  const lines: Record<string, unknown>[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  return { lines, stream };
}

describe('createLogger', () => {
  it('writes time, level, component, message and fields as one JSON object', () => {
    const { lines, stream } = capture();
    createLogger({ component: 'ingress', level: 'info', stream }).info('Started', { port: 1 });
    const [{ time, ...rest } = {}] = lines;
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(rest).toEqual({ level: 'info', component: 'ingress', message: 'Started', port: 1 });
  });

  it('renders an error with its code and cause', () => {
    const { lines, stream } = capture();
    const cause = Object.assign(new Error('inner'), { code: 'ECONNREFUSED' });
    const err = new TypeError('outer', { cause });
    createLogger({ component: 'x', level: 'info', stream }).error('Failed', { err });
    expect(lines[0]?.err).toMatchObject({
      name: 'TypeError',
      message: 'outer',
      cause: { name: 'Error', code: 'ECONNREFUSED', message: 'inner' },
    });
  });

  it('passes the fields of a child on, and keeps below its level silent', () => {
    const { lines, stream } = capture();
    const logger = createLogger({ component: 'x', level: 'info', stream });
    const child = logger.child({ trigger: 'a/b' });
    child.debug('Not shown');
    child.warn('Shown');
    expect(lines).toMatchObject([{ trigger: 'a/b', message: 'Shown' }]);
  });

  it('lets no field take the place of the sentence or the level', () => {
    const { lines, stream } = capture();
    const fields = { message: 'other', level: 'debug', stack: 'none' };
    createLogger({ component: 'x', level: 'info', stream }).warn('Sentence', fields);
    expect(lines).toMatchObject([{ level: 'warn', message: 'Sentence' }]);
  });

  it('writes what JSON has no word for', () => {
    const { lines, stream } = capture();
    const circle: Record<string, unknown> = { big: 1n };
    circle.self = circle;
    createLogger({ component: 'x', level: 'info', stream }).info('Odd', circle);
    expect(lines).toMatchObject([{ message: 'Odd' }]);
  });

  it('changes its level while it runs', () => {
    const { lines, stream } = capture();
    const logger = createLogger({ component: 'x', level: 'info', stream });
    const child = logger.child({ trigger: 'a/b' });
    logger.level = 'debug';
    logger.debug('Shown');
    child.debug('Shown too');
    expect(lines).toHaveLength(2);
  });
});
