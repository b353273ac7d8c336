import type { JetStreamConnection } from '../connection/jetstream-connection.ts';
import { isJetmeshStream } from '../topology/names.ts';
import { allPages } from './all-pages.ts';
import { apiErrorCodes } from './api-error-codes.ts';
import type { ConsumerReply, MessageReply, StreamReply } from './api-replies.ts';
import { countBySubject } from './count-by-subject.ts';
import { ensureConsumer } from './ensure-consumer.ts';
import { ensureStream, streamReply } from './ensure-stream.ts';
import { JetStreamApi } from './jetstream-api.ts';
import { consumerStateOf, storedMessageOf, streamStateOf, streamSummaryOf } from './state-of.ts';
import type { StreamAdmin } from './stream-admin.ts';

const { consumerNotFound, messageDeleteFailed, messageNotFound, sequenceNotFound, streamNotFound } =
  apiErrorCodes;

/** `StreamAdmin` over the API of the server that is connected. */
export function createStreamAdmin(connection: JetStreamConnection): StreamAdmin {
  const api = new JetStreamApi(connection);
  return {
    ensureStream: (config) => ensureStream(api, config),
    ensureConsumer: (stream, config) => ensureConsumer(api, stream, config, connection.features),
    ...reading(api),
    ...removing(api),
  };
}

function reading(api: JetStreamApi) {
  return {
    async streamState(stream: string) {
      const reply = await streamReply(api, stream);
      return reply && streamStateOf(reply);
    },
    async consumerState(stream: string, consumer: string) {
      const endpoint = `CONSUMER.INFO.${stream}.${consumer}`;
      const absent = [consumerNotFound, streamNotFound];
      const reply = await api.requestUnless<ConsumerReply>(endpoint, undefined, ...absent);
      return reply && consumerStateOf(reply);
    },
    async listConsumers(stream: string) {
      const endpoint = `CONSUMER.LIST.${stream}`;
      const replies = await allPages<ConsumerReply>(api, endpoint, 'consumers');
      return replies.map(consumerStateOf);
    },
    async listStreams() {
      const replies = await allPages<StreamReply>(api, 'STREAM.LIST', 'streams');
      return replies.map(streamSummaryOf).filter(({ name }) => isJetmeshStream(name));
    },
    countBySubject: (stream: string) => countBySubject(api, stream),
    readOldest: (stream: string, subject: string, fromSequence = 1) =>
      messageOf(api, stream, { seq: fromSequence, next_by_subj: subject }),
    readMessage: (stream: string, sequence: number) => messageOf(api, stream, { seq: sequence }),
  };
}

async function messageOf(api: JetStreamApi, stream: string, body: object) {
  const endpoint = `STREAM.MSG.GET.${stream}`;
  const reply = await api.requestUnless<MessageReply>(endpoint, body, messageNotFound);
  return reply && storedMessageOf(reply);
}

function removing(api: JetStreamApi) {
  return {
    async deleteConsumer(stream: string, consumer: string) {
      const endpoint = `CONSUMER.DELETE.${stream}.${consumer}`;
      return isThere(
        await api.requestUnless(endpoint, undefined, consumerNotFound, streamNotFound),
      );
    },
    async deleteStream(stream: string) {
      return isThere(await api.requestUnless(`STREAM.DELETE.${stream}`, undefined, streamNotFound));
    },
    async purgeUpTo(stream: string, sequence: number) {
      // The server's bound is the first sequence that stays.
      const body = { seq: sequence + 1 };
      const reply = await api.request<{ readonly purged: number }>(`STREAM.PURGE.${stream}`, body);
      return reply.purged;
    },
    async purgeSubject(stream: string, subject: string) {
      const endpoint = `STREAM.PURGE.${stream}`;
      const body = { filter: subject };
      const reply = await api.requestUnless<{ readonly purged: number }>(
        endpoint,
        body,
        streamNotFound,
      );
      return reply?.purged ?? 0;
    },
    async deleteMessage(stream: string, sequence: number) {
      const body = { seq: sequence, no_erase: true };
      const endpoint = `STREAM.MSG.DELETE.${stream}`;
      const absent = [messageDeleteFailed, messageNotFound, sequenceNotFound];
      return isThere(await api.requestUnless(endpoint, body, ...absent));
    },
  };
}

function isThere(reply: unknown): boolean {
  return reply !== undefined;
}
