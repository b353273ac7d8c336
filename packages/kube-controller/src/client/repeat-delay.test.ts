import { describe, expect, it } from '@jest/globals';
import { KubeApiError } from './kube-api-error.ts';
import { repeatDelayMs } from './repeat-delay.ts';

const answer = (status: number, retryAfterMs?: number) =>
  new KubeApiError('GET /x', { status, reason: '', message: '', retryAfterMs });
const cut = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });

describe('repeatDelayMs', () => {
  it.each([
    ['GET', 'a broken connection', cut, 200],
    ['GET', '429', answer(429), 200],
    ['GET', '429 with Retry-After', answer(429, 7_000), 7_000],
    ['GET', '503', answer(503), 200],
    ['GET', '503 with Retry-After', answer(503, 0), 0],
    ['GET', '500', answer(500), undefined],
    ['GET', '404', answer(404), undefined],
    ['POST', 'a broken connection', cut, undefined],
    ['PATCH', '429', answer(429), 200],
    ['PUT', '429 with Retry-After', answer(429, 1_000), 1_000],
    ['DELETE', '503 with Retry-After', answer(503, 1_000), 1_000],
    ['POST', '503: it may have been done', answer(503), undefined],
    ['PUT', '409', answer(409, 1_000), undefined],
  ] as const)('%s after %s', (method, _case, error, expected) => {
    expect(repeatDelayMs(method, error, { attempt: 1, random: 0.5 })).toBe(expected);
  });

  it('doubles, and gives up at the fifth attempt', () => {
    const delays = [1, 2, 3, 4, 5].map((attempt) =>
      repeatDelayMs('GET', cut, { attempt, random: 0.5 }),
    );
    expect(delays).toEqual([200, 400, 800, 1_600, undefined]);
  });
});
