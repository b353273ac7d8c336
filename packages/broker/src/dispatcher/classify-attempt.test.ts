import { describe, expect, it } from '@jest/globals';
import type { Attempt } from './attempt.ts';
import { type AnswerRules, classifyAttempt, neededBodyBytes } from './classify-attempt.ts';

const rules: AnswerRules = {
  destination: 'http://subscriber/',
  acceptsReplies: true,
  isStrict: false,
  maxReplyBytes: 1_000_000,
};
const now = Date.parse('2026-01-01T00:00:00Z');

const eventHeaders = [
  ...['ce-specversion', '1.0'],
  ...['ce-id', '1'],
  ...['ce-source', '/reply'],
  ...['ce-type', 'answered'],
];

function answered(status: number, headers: readonly string[] = [], body = ''): Attempt {
  return { kind: 'answered', status, headers, body: Buffer.from(body), isBodyCut: false };
}

const classify = (attempt: Attempt, changes: Partial<AnswerRules> = {}) =>
  classifyAttempt(attempt, { ...rules, ...changes }, now);

describe('classifyAttempt', () => {
  it.each([
    [200, 'delivered'],
    [201, 'delivered'],
    [202, 'delivered'],
    [204, 'delivered'],
    [299, 'delivered'],
    [300, 'rejected'],
    [301, 'rejected'],
    [304, 'rejected'],
    [399, 'rejected'],
    [400, 'rejected'],
    [401, 'rejected'],
    [403, 'rejected'],
    [404, 'retryable'],
    [405, 'rejected'],
    [408, 'retryable'],
    [409, 'retryable'],
    [410, 'rejected'],
    [413, 'rejected'],
    [422, 'rejected'],
    [429, 'retryable'],
    [499, 'rejected'],
    [500, 'retryable'],
    [501, 'retryable'],
    [503, 'retryable'],
    [599, 'retryable'],
    [600, 'retryable'],
    [999, 'retryable'],
  ])('an empty %i is %s', (status, kind) => {
    expect(classify(answered(status)).kind).toBe(kind);
  });

  it('tells where, with what code and with what body a delivery failed', () => {
    expect(classify(answered(422, [], 'no such order'))).toEqual({
      kind: 'rejected',
      failure: { destination: 'http://subscriber/', code: 422, data: Buffer.from('no such order') },
    });
  });

  it('reports no answer as 500 with what went wrong', () => {
    const attempt: Attempt = { kind: 'unanswered', reason: 'timeout', detail: 'too slow' };
    expect(classify(attempt)).toEqual({
      kind: 'retryable',
      failure: {
        destination: 'http://subscriber/',
        code: 500,
        data: Buffer.from('dispatch error: too slow'),
      },
      retryAfterMs: undefined,
    });
  });

  it.each([
    [429, 2_000],
    [503, 2_000],
    [500, undefined],
    [404, undefined],
  ])('reads Retry-After of a %i as %s', (status, retryAfterMs) => {
    expect(classify(answered(status, ['retry-after', '2']))).toMatchObject({ retryAfterMs });
  });

  it('finds the reply in a binary answer', () => {
    const headers = [
      ...eventHeaders,
      'content-type',
      'text/plain',
      'traceparent',
      'trace',
      'x',
      'y',
    ];
    const outcome = classify(answered(200, headers, 'hello'));
    expect(outcome).toMatchObject({
      kind: 'delivered-with-reply',
      carriedHeaders: ['traceparent', 'trace'],
    });
    const reply = outcome.kind === 'delivered-with-reply' ? outcome.reply : undefined;
    expect(reply?.attributes.get('type')).toBe('answered');
    expect(reply?.data?.toString()).toBe('hello');
  });

  it('finds the reply in a structured answer', () => {
    const body = JSON.stringify({ specversion: '1.0', id: '1', source: '/r', type: 't', data: 1 });
    const headers = ['content-type', 'application/cloudevents+json'];
    expect(classify(answered(200, headers, body)).kind).toBe('delivered-with-reply');
  });

  it.each<[string, Attempt]>([
    ['lacks attributes', answered(200, ['ce-type', 'half'], '{}')],
    ['is no JSON', answered(200, ['content-type', 'application/cloudevents+json'], '{')],
    ['is empty', answered(200, ['content-type', 'application/cloudevents+json'])],
    ['is a batch', answered(200, ['content-type', 'application/cloudevents-batch+json'], '[]')],
  ])('fails a delivery whose reply %s', (_case, attempt) => {
    expect(classify(attempt)).toMatchObject({ kind: 'retryable', failure: { code: 502 } });
  });

  it('rejects a delivery whose reply is too large', () => {
    const attempt = { ...answered(200, eventHeaders), isBodyCut: true } as Attempt;
    expect(classify(attempt)).toMatchObject({ kind: 'rejected', failure: { code: 413 } });
  });

  it('never takes the body of a 202 for a reply', () => {
    expect(classify(answered(202, eventHeaders, '{}'))).toEqual({
      kind: 'delivered',
      hasIgnoredBody: true,
    });
  });

  it('ignores bodies, replies included, where none is accepted', () => {
    const attempt = answered(200, eventHeaders, '{}');
    expect(classify(attempt, { acceptsReplies: false }).kind).toBe('delivered');
  });

  it('counts a body that is no event as ignored, or strictly as a failure', () => {
    const attempt = answered(200, ['content-type', 'text/plain'], 'ok');
    expect(classify(attempt)).toEqual({ kind: 'delivered', hasIgnoredBody: true });
    expect(classify(attempt, { isStrict: true })).toMatchObject({
      kind: 'retryable',
      failure: { code: 502, data: Buffer.from('ok') },
    });
    expect(classify(answered(200), { isStrict: true }).kind).toBe('delivered');
  });
});

describe('neededBodyBytes', () => {
  it.each([
    ['a reply is kept whole', 200, eventHeaders, 1_000_000],
    ['a body that is no event is not', 200, ['content-type', 'text/plain'], 768],
    ['nor that of a 202', 202, eventHeaders, 768],
    ['nor that of an error', 500, eventHeaders, 768],
  ])('%s', (_case, status, headers, bytes) => {
    expect(neededBodyBytes(status, headers, rules)).toBe(bytes);
  });
});
