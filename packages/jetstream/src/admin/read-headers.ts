import type { JetStreamConnection } from '../connection/jetstream-connection.ts';
import { parseAckSubject } from '../wire/ack-subject.ts';
import { bufferOf } from '../wire/buffer-of.ts';
import type { ClientMessage } from '../wire/client-message.ts';
import { decodeHeaderBlock } from '../wire/header-block.ts';
import { serverStatus } from '../wire/server-status.ts';
import type { ConsumerReply } from './api-replies.ts';
import { JetStreamAdminError } from './jetstream-admin-error.ts';
import { JetStreamApi } from './jetstream-api.ts';
import type { StoredMessage } from './stream-state.ts';

/** A message of a stream without its payload. */
export type StoredHeaders = Omit<StoredMessage, 'data'>;

export interface HeadersRange {
  /** Messages stored before are left out. */
  readonly since?: Date;
  /** How many are asked for, and held, at once. */
  readonly pageSize?: number;
}

const pageDeadlineMs = 5_000;
/** The server forgets a reader that was killed. */
const inactiveNs = 30e9;
/** How long the server waits for messages of a page that were deleted meanwhile: it says no sooner that it has none. */
const shortPageNs = 1e9;
const endOfPage = [404, 408];

/**
 * The messages of a stream in their order, page by page, up to the newest one at the start. Only headers travel. It
 * reads with a consumer of its own, so it fits a stream whose retention does not ask what consumers have read.
 */
export async function* readHeaders(
  connection: JetStreamConnection,
  stream: string,
  { since, pageSize = 256 }: HeadersRange = {},
): AsyncGenerator<StoredHeaders, void, undefined> {
  const api = new JetStreamApi(connection);
  const { name, num_pending } = await createReader(api, stream, since);
  try {
    let remaining = num_pending;
    while (remaining > 0) {
      const batch = Math.min(pageSize, remaining);
      const page = await readPage(connection, `CONSUMER.MSG.NEXT.${stream}.${name}`, batch);
      yield* page;
      // A short page: the rest was deleted meanwhile.
      remaining = page.length < batch ? 0 : remaining - batch;
    }
  } finally {
    // Left behind it ends by itself, and what ended the reading is the error to tell.
    await api.request(`CONSUMER.DELETE.${stream}.${name}`).catch(() => undefined);
  }
}

function createReader(api: JetStreamApi, stream: string, since: Date | undefined) {
  const start =
    since === undefined
      ? { deliver_policy: 'all' }
      : { deliver_policy: 'by_start_time', opt_start_time: since.toISOString() };
  const config = {
    ...start,
    ack_policy: 'none',
    replay_policy: 'instant',
    headers_only: true,
    mem_storage: true,
    num_replicas: 1,
    inactive_threshold: inactiveNs,
  };
  return api.request<ConsumerReply>(`CONSUMER.CREATE.${stream}`, { stream_name: stream, config });
}

function readPage(
  { apiPrefix, port }: JetStreamConnection,
  endpoint: string,
  batch: number,
): Promise<StoredHeaders[]> {
  const subject = `${apiPrefix}.${endpoint}`;
  return new Promise((resolve, reject) => {
    const page: StoredHeaders[] = [];
    const end = (error?: JetStreamAdminError) => {
      clearTimeout(timer);
      subscription.unsubscribe();
      if (error === undefined) resolve(page);
      else reject(error);
    };
    const inbox = port.newInbox();
    const subscription = port.subscribe(inbox, (message) => {
      const stored = storedHeadersOf(message);
      if (stored !== undefined) page.push(stored);
      if (stored === undefined) end(failureOf(subject, message));
      else if (page.length === batch) end();
    });
    const timer = setTimeout(() => {
      end(new JetStreamAdminError('timeout', `${subject}: no answer in time`));
    }, pageDeadlineMs);
    port.publish(subject, Buffer.from(JSON.stringify({ batch, expires: shortPageNs })), inbox);
  });
}

/** Undefined when there is nothing more to read. */
function failureOf(subject: string, message: ClientMessage): JetStreamAdminError | undefined {
  const { code, text } = serverStatus(message) ?? { code: 0, text: 'not an answer' };
  if (endOfPage.includes(code)) return undefined;
  return new JetStreamAdminError('api-error', `${subject}: ${code} ${text}`);
}

/** Undefined for a status of the server. */
function storedHeadersOf({ _msg, _rdata }: ClientMessage): StoredHeaders | undefined {
  const reply = _msg.reply && parseAckSubject(bufferOf(_msg.reply).toString('latin1'));
  if (reply === undefined) return undefined;
  return {
    subject: bufferOf(_msg.subject).toString('latin1'),
    sequence: reply.streamSequence,
    timestampMs: reply.timestampMs,
    headers: _msg.hdr > 0 ? decodeHeaderBlock(_rdata.subarray(0, _msg.hdr)) : [],
  };
}
