import { expect, it } from '@jest/globals';
import type { OutgoingMessage, StreamMessage } from '@jetmesh/jetstream';
import { encodeRecord, freshRecord } from '../delivery-record.ts';
import { type Aside, setAside } from './set-aside.ts';

const message = {
  stream: 'JETMESH_BROKER_b',
  sequence: 7,
  headers: ['ce-id', '1', 'Nats-Msg-Id', 'x', 'jetmesh-attempts', '9'],
  data: Buffer.from('data'),
} as unknown as StreamMessage;

const aside: Aside = {
  retryStream: 'JETMESH_RETRY_b',
  triggerUid: 't',
  record: { attempts: 1, notBeforeMs: 1_700_000_000_000, exhausted: undefined },
};

async function published(changes: Partial<typeof aside> = {}, of = message) {
  const messages: OutgoingMessage[] = [];
  const publisher = {
    publish: (outgoing: OutgoingMessage) => {
      messages.push(outgoing);
      return Promise.resolve({
        kind: 'stored',
        stream: 'S',
        sequence: 1,
        isDuplicate: false,
      } as const);
    },
  };
  await setAside(of, { ...aside, ...changes }, publisher);
  return messages[0];
}

it('stores the event as it is, with the attempts made and when the next one is due', async () => {
  expect(await published()).toMatchObject({
    subject: 'cer.b.t',
    headers: [
      'ce-id',
      '1',
      'jetmesh-delivery-record',
      encodeRecord(aside.record).toString('base64'),
    ],
    data: message.data,
  });
});

it('names the copy by Trigger and place, so that the stream keeps one of several', async () => {
  const id = (await published())?.messageId;
  expect((await published({ record: freshRecord }))?.messageId).toBe(id);
  expect((await published({ triggerUid: 'other' }))?.messageId).not.toBe(id);
  expect((await published({}, { ...message, sequence: 8 }))?.messageId).not.toBe(id);
});
