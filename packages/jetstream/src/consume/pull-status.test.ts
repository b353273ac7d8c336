import { describe, expect, it } from '@jest/globals';
import { pullStatus } from './pull-status.ts';

describe('pullStatus', () => {
  it.each([
    [100, 'Idle Heartbeat', 'alive'],
    [404, 'No Messages', 'request-ended'],
    [408, 'Request Timeout', 'request-ended'],
    [408, 'Interest Expired', 'request-ended'],
    [409, 'Batch Completed', 'request-ended'],
    [409, 'Message Size Exceeds MaxBytes', 'message-too-large'],
    [409, 'Consumer Deleted', 'consumer-gone'],
    [409, 'Consumer is push based', 'consumer-gone'],
    [409, 'Exceeded MaxWaiting', 'refused'],
    [409, 'Exceeded MaxRequestBatch of 10', 'refused'],
    [409, 'Leadership Change', 'refused'],
    [409, 'Server Shutdown', 'refused'],
    [400, 'Bad Request', 'refused'],
    [423, 'Nats-Wrong-Pin-Id', 'refused'],
    [503, '', 'no-responders'],
  ])('%i %s is %s', (code, text, meaning) => {
    const status = { code, text, pendingCount: undefined, pendingBytes: undefined };
    expect(pullStatus(status)).toBe(meaning);
  });
});
