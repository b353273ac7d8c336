import { describe, expect, it } from '@jest/globals';
import { parseAckSubject } from './ack-subject.ts';

const parsed = {
  deliveryCount: 2,
  streamSequence: 30,
  consumerSequence: 4,
  timestampMs: 1_795_616_573_618,
  pendingCount: 5,
};

describe('parseAckSubject', () => {
  it.each([
    ['$JS.ACK.S.C.2.30.4.1795616573618937043.5'],
    ['$JS.ACK.hub.ACCHASH.S.C.2.30.4.1795616573618937043.5'],
    ['$JS.ACK._.ACCHASH.S.C.2.30.4.1795616573618937043.5.random'],
  ])('reads %s', (subject) => {
    expect(parseAckSubject(subject)).toEqual(parsed);
  });

  it.each([
    '',
    '_INBOX.a.b',
    '$JS.ACK.S.C.2.30.4.1795616573618937043',
    '$JS.ACK.too.S.C.2.30.4.1795616573618937043.5',
    '$JS.ACK.S.C.x.30.4.1795616573618937043.5',
    '$JS.ACK.S.C.2.x.4.1795616573618937043.5',
    '$JS.API.S.C.2.30.4.1795616573618937043.5',
  ])('takes "%s" for something else', (subject) => {
    expect(parseAckSubject(subject)).toBeUndefined();
  });
});
