import { describe, expect, it } from '@jest/globals';
import { renderError } from './render-error.ts';

describe('renderError', () => {
  it.each([['text'], [7], [undefined], [{ some: 'object' }]])('leaves %p as it is', (value) => {
    expect(renderError(value)).toEqual(value);
  });

  it('shows the parts of an AggregateError', () => {
    const parts = [Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })];
    expect(renderError(new AggregateError(parts))).toMatchObject({
      name: 'AggregateError',
      message: '',
      errors: [{ code: 'ECONNREFUSED', message: 'refused' }],
    });
  });

  it('comes to an end with causes in a circle', () => {
    const error = new Error('around');
    error.cause = error;
    expect(renderError(error)).toMatchObject({ cause: { cause: { message: 'around' } } });
  });
});
