import { decodeHeaderBlock } from '../wire/header-block.ts';
import type { ConsumerReply, MessageReply, StreamReply } from './api-replies.ts';
import { ackFloorOf } from './ack-floor-of.ts';
import { filterSubjectsOf } from './filter-subjects-of.ts';
import type { ConsumerState, StoredMessage, StreamState, StreamSummary } from './stream-state.ts';

export function streamStateOf({ config, state }: StreamReply): StreamState {
  return {
    messages: state.messages,
    bytes: state.bytes,
    firstSequence: state.first_seq,
    firstTimestampMs: Date.parse(state.first_ts),
    lastSequence: state.last_seq,
    consumerCount: state.consumer_count,
    removedBetweenCount: state.num_deleted ?? 0,
    retention: config.retention === 'interest' ? 'consumed' : 'kept',
  };
}

export function streamSummaryOf(reply: StreamReply): StreamSummary {
  return {
    ...streamStateOf(reply),
    name: String(reply.config.name),
    description: typeof reply.config.description === 'string' ? reply.config.description : '',
    maxBytes: Number(reply.config.max_bytes),
    maxAgeMs: Number(reply.config.max_age ?? 0) / 1e6,
  };
}

export function consumerStateOf(reply: ConsumerReply): ConsumerState {
  return {
    name: reply.name,
    numWaiting: reply.num_waiting,
    numPending: reply.num_pending,
    numAckPending: reply.num_ack_pending,
    numRedelivered: reply.num_redelivered,
    deliveredConsumerSequence: reply.delivered.consumer_seq,
    deliveredStreamSequence: reply.delivered.stream_seq,
    ackFloorStreamSequence: ackFloorOf(reply),
    filterSubjects: filterSubjectsOf(reply.config),
  };
}

export function storedMessageOf({ message }: MessageReply): StoredMessage {
  const { hdrs, data = '' } = message;
  return {
    subject: message.subject,
    sequence: message.seq,
    timestampMs: Date.parse(message.time),
    headers: hdrs === undefined ? [] : decodeHeaderBlock(Buffer.from(hdrs, 'base64')),
    data: Buffer.from(data, 'base64'),
  };
}
