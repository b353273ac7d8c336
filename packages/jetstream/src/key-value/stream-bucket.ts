import { apiErrorCodes } from '../admin/api-error-codes.ts';
import type { MessageReply } from '../admin/api-replies.ts';
import { isApiError, type JetStreamApi } from '../admin/jetstream-api.ts';
import { keyOfToken, keyToken } from './bucket-key.ts';
import type { KeyValueBucket, KeyValueWriteResult } from './key-value-bucket.ts';

interface Entry {
  readonly revision: number;
  readonly subject: string;
  readonly value: Uint8Array;
  readonly isDeleted: boolean;
}

const conflict: KeyValueWriteResult = { kind: 'conflict' };

/**
 * A KV bucket is a stream with one message a subject. A revision is a sequence of the stream; a deleted key keeps a
 * marker, so that revisions never go back, until the next `load`.
 */
export class StreamBucket implements KeyValueBucket {
  readonly #api: JetStreamApi;
  readonly #stream: string;
  readonly #subjectPrefix: string;

  constructor(api: JetStreamApi, stream: string, subjectPrefix: string) {
    this.#api = api;
    this.#stream = stream;
    this.#subjectPrefix = subjectPrefix;
  }

  async load(): Promise<{ key: string; value: Uint8Array; revision: number }[]> {
    const entries = new Map<string, Entry>();
    let entry = await this.#entryFrom(1);
    while (entry !== undefined) {
      entries.set(entry.subject, entry);
      entry = await this.#entryFrom(entry.revision + 1);
    }
    const current = [...entries.values()];
    await this.#forgetMarkers(current);
    return current
      .filter(({ isDeleted }) => !isDeleted)
      .map(({ subject, value, revision }) => ({ key: this.#keyOf(subject), value, revision }));
  }

  async get(key: string): Promise<{ value: Uint8Array; revision: number } | undefined> {
    const entry = await this.#lastEntry(key);
    if (entry === undefined || entry.isDeleted) return undefined;
    return { value: entry.value, revision: entry.revision };
  }

  async put(
    key: string,
    value: Uint8Array,
    expectedRevision: number | 'absent' | 'any',
  ): Promise<KeyValueWriteResult> {
    if (expectedRevision !== 'absent') return await this.#write(key, value, expectedRevision);
    const written = await this.#write(key, value, 0);
    if (written.kind === 'written') return written;
    const last = await this.#lastEntry(key);
    return last?.isDeleted === true ? await this.#write(key, value, last.revision) : conflict;
  }

  delete(key: string, expectedRevision: number): Promise<KeyValueWriteResult> {
    return this.#write(key, new Uint8Array(), expectedRevision, ['KV-Operation: DEL']);
  }

  async #write(
    key: string,
    value: Uint8Array,
    expectedRevision: number | 'any',
    moreHeaders: readonly string[] = [],
  ): Promise<KeyValueWriteResult> {
    const expectation =
      expectedRevision === 'any'
        ? []
        : [`Nats-Expected-Last-Subject-Sequence: ${expectedRevision}`];
    const lines = ['NATS/1.0', ...expectation, ...moreHeaders, '', ''];
    const subject = `${this.#subjectPrefix}${keyToken(key)}`;
    try {
      const ack = await this.#api.send<{ readonly seq: number }>(
        subject,
        value,
        Buffer.from(lines.join('\r\n'), 'latin1'),
      );
      return { kind: 'written', revision: ack.seq };
    } catch (error) {
      if (isApiError(error, apiErrorCodes.wrongLastSequence)) return conflict;
      throw error;
    }
  }

  /** The newest message stays: without it, a restarted server could give its sequence away again. */
  async #forgetMarkers(entries: readonly Entry[]): Promise<void> {
    const newest = Math.max(...entries.map(({ revision }) => revision));
    for (const { isDeleted, revision } of entries) {
      if (!isDeleted || revision === newest) continue;
      const body = { seq: revision, no_erase: true };
      const { messageDeleteFailed } = apiErrorCodes;
      await this.#api.requestUnless(`STREAM.MSG.DELETE.${this.#stream}`, body, messageDeleteFailed);
    }
  }

  #lastEntry(key: string): Promise<Entry | undefined> {
    return this.#read({ last_by_subj: `${this.#subjectPrefix}${keyToken(key)}` });
  }

  #entryFrom(revision: number): Promise<Entry | undefined> {
    return this.#read({ seq: revision, next_by_subj: `${this.#subjectPrefix}>` });
  }

  async #read(selection: object): Promise<Entry | undefined> {
    const reply = await this.#api.requestUnless<MessageReply>(
      `STREAM.MSG.GET.${this.#stream}`,
      selection,
      apiErrorCodes.messageNotFound,
    );
    if (reply === undefined) return undefined;
    const { subject, seq, data = '', hdrs = '' } = reply.message;
    return {
      revision: seq,
      subject,
      value: Buffer.from(data, 'base64'),
      isDeleted: /^KV-Operation: *(DEL|PURGE)/im.test(
        Buffer.from(hdrs, 'base64').toString('latin1'),
      ),
    };
  }

  #keyOf(subject: string): string {
    return keyOfToken(subject.slice(this.#subjectPrefix.length));
  }
}
