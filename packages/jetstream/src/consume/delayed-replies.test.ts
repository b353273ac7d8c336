import { describe, expect, it } from '@jest/globals';
import { DelayedReplies } from './delayed-replies.ts';

describe('DelayedReplies', () => {
  it('hands out each reply up to a sequence once', () => {
    const replies = new DelayedReplies();
    for (const sequence of [5, 3, 9]) replies.remember(sequence, `reply-${sequence}`);
    replies.forget(3);
    expect(replies.take(5)).toEqual(['reply-5']);
    expect(replies.take(5)).toEqual([]);
    expect(replies.take(100)).toEqual(['reply-9']);
  });

  it('knows the latest place of a message, and no more messages than it may', () => {
    const replies = new DelayedReplies(2);
    replies.remember(1, 'first');
    replies.remember(2, 'second');
    replies.remember(1, 'again');
    replies.remember(3, 'third');
    expect(replies.take(10)).toEqual(['again', 'third']);
  });
});
