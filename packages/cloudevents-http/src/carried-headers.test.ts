import { describe, expect, it } from '@jest/globals';
import { carriedHeaders } from './carried-headers.ts';

describe('the headers that go with an event', () => {
  it.each([
    'traceparent',
    'TraceState',
    'b3',
    'X-B3-TraceId',
    'x-b3-sampled',
    'X-Request-Id',
    'Knative-Error-Code',
  ])('are %s', (name) => {
    expect(carriedHeaders(['Host', 'x', name, 'v\xff', 'accept', '*/*'])).toEqual([name, 'v\xff']);
  });

  it.each([
    'authorization',
    'cookie',
    'prefer',
    'content-type',
    'ce-id',
    'kn-namespace',
    'traceparents',
    'x-traceparent',
    'x-b3-',
    'knative-',
    'x-request-id-2',
    'x-forwarded-for',
    'nats-msg-id',
    '',
  ])('are not %s', (name) => {
    expect(carriedHeaders([name, 'v'])).toEqual([]);
  });

  it('keep their order and repetitions', () => {
    const headers = ['tracestate', 'a=1', 'host', 'x', 'tracestate', 'b=2', 'traceparent', '00'];
    expect(carriedHeaders(headers)).toEqual([
      'tracestate',
      'a=1',
      'tracestate',
      'b=2',
      'traceparent',
      '00',
    ]);
  });

  it('are never taken from a value', () => {
    expect(carriedHeaders(['host', 'traceparent', 'accept', 'b3'])).toEqual([]);
  });
});
