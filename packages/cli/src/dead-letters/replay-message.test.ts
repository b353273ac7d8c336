import { describe, expect, it } from '@jest/globals';
import { eventSubject } from '@jetmesh/jetstream';
import { replayMessage } from './replay-message.ts';

describe('the message of a replay', () => {
  it('is the event as it was, for one Trigger, without what parking added', () => {
    const event = ['ce-specversion', '1.0', 'ce-id', '1', 'ce-source', '/shop', 'ce-type', 'order'];
    const headers = [
      ...event,
      ...['traceparent', '00-1', 'Jetmesh-Reason', 'rejected', 'Jetmesh-Replay-For', 'earlier'],
    ];
    const data = Buffer.from('{}');
    const parked = { subject: 'ced.b.t', sequence: 7, timestampMs: 0, headers, data };
    const route = { deadLetterStream: 'JETMESH_DEAD_b', brokerUid: 'b', triggerUid: 't' };
    expect(replayMessage(parked, route)).toEqual({
      subject: eventSubject('b', { type: 'order', source: '/shop' }),
      headers: [...event, 'traceparent', '00-1', 'Jetmesh-Replay-For', 't'],
      data,
      messageId: 'replay-JETMESH_DEAD_b-7',
    });
  });
});
