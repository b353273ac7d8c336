import { describe, expect, it } from '@jest/globals';
import type { ConsumerReply } from './api-replies.ts';
import { startAfter } from './start-after.ts';

const created = '2026-01-02T03:04:05.678Z';
const lastSequence = 100;

function aConsumer(state: {
  delivered: number;
  floor: number;
  ackPending?: number;
  pending?: number;
  config?: object;
}): ConsumerReply {
  return {
    name: 'C',
    created,
    config: { deliver_policy: 'new', ...state.config },
    delivered: { consumer_seq: 1, stream_seq: state.delivered },
    ack_floor: { consumer_seq: 1, stream_seq: state.floor },
    num_ack_pending: state.ackPending ?? 0,
    num_redelivered: 0,
    num_waiting: 0,
    num_pending: state.pending ?? 0,
  };
}

function at(sequence: number): object {
  return { deliver_policy: 'by_start_sequence', opt_start_seq: sequence };
}

describe('startAfter', () => {
  it.each<[string, Parameters<typeof aConsumer>[0], object]>([
    ['with nothing left to do: at the end', { delivered: 7, floor: 7 }, at(101)],
    ['with work left: after its floor', { delivered: 9, floor: 7, ackPending: 2 }, at(8)],
    ['with undelivered events', { delivered: 9, floor: 9, pending: 3 }, at(10)],
    ['on 2.9, before its first acknowledgement', { delivered: 9, floor: 0, pending: 3 }, at(10)],
    [
      'on 2.9, with its first event in flight: when it was created',
      { delivered: 9, floor: 0, ackPending: 1 },
      { deliver_policy: 'by_start_time', opt_start_time: created },
    ],
    [
      'the same, of one that began at the beginning',
      { delivered: 9, floor: 0, ackPending: 1, config: { deliver_policy: 'all' } },
      { deliver_policy: 'all' },
    ],
    [
      'the same, of one that began at a sequence',
      { delivered: 9, floor: 0, ackPending: 1, config: at(4) },
      at(4),
    ],
    [
      'the same, of one that began at a time',
      {
        delivered: 9,
        floor: 0,
        ackPending: 1,
        config: { deliver_policy: 'by_start_time', opt_start_time: 'then' },
      },
      { deliver_policy: 'by_start_time', opt_start_time: 'then' },
    ],
  ])('a consumer %s', (_, state, expected) => {
    expect(startAfter(aConsumer(state), lastSequence)).toEqual(expected);
  });
});
