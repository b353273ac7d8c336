import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { startMeshProcess, type MeshProcess } from '../support/mesh-process.ts';
import { postEvent } from '../support/post-event.ts';
import { createApplication, createTrigger } from '../support/quickstart.ts';
import {
  startRecordingSubscriber,
  type RecordingSubscriber,
} from '../support/recording-subscriber.ts';
import { listDeadLetters, runDeadLetters, type ListedEvent } from './run-dead-letters.ts';

let mesh: MeshProcess;
let failing: RecordingSubscriber;
let healthy: RecordingSubscriber;

beforeAll(async () => {
  mesh = await startMeshProcess();
  failing = await startRecordingSubscriber();
  healthy = await startRecordingSubscriber();
  failing.answerWith({ code: 503, body: 'no room' });
  await createApplication(mesh.client, 'parking');
  const delivery = { retry: 1, backoffPolicy: 'linear', backoffDelay: 'PT0.05S' } as const;
  await createTrigger(mesh.client, {
    ...{ namespace: 'parking', name: 'failing', uri: failing.url, delivery },
  });
  await createTrigger(mesh.client, { namespace: 'parking', name: 'healthy', uri: healthy.url });
}, 90_000);

afterAll(async () => {
  await mesh.stop();
  await failing.close();
  await healthy.close();
});

const deadLetters = (...words: string[]) => runDeadLetters(mesh, ...words);
const listed = (...words: string[]) => listDeadLetters(mesh, ...words);

function isReceived({ received }: RecordingSubscriber, wanted: string): boolean {
  return received.some(({ id }) => id === wanted);
}

/** Posts events with these ids, and waits until all are parked. */
async function park(...ids: string[]): Promise<ListedEvent[]> {
  const url = `${mesh.endpoints.ingress}/parking/default`;
  for (const id of ids) {
    const { code } = await postEvent(url, { 'ce-id': id }, '{"order":1}');
    expect(code).toBe(202);
  }
  return eventually(
    async () => {
      const events = (await listed()).filter(({ id }) => ids.includes(id));
      if (events.length === ids.length) return events;
      throw new Error(`Parked are ${JSON.stringify(events)}`);
    },
    { timeoutMs: 30_000, intervalMs: 500 },
  );
}

describe('dead letters', () => {
  it('lists and shows an event that was parked after its last attempt', async () => {
    const [event] = await park('shown');
    expect(event).toMatchObject({
      broker: 'parking/default',
      trigger: 'parking/failing',
      reason: 'retries-exhausted',
      attempts: 2,
      lastCode: 503,
      type: 'conformance',
      source: '/conformance',
      id: 'shown',
    });
    expect(failing.received.filter(({ id }) => id === 'shown')).toHaveLength(2);
    expect(healthy.received.filter(({ id }) => id === 'shown')).toHaveLength(1);

    const table = await deadLetters('list', '--broker', 'parking/default');
    expect(table).toMatch(/^SEQUENCE .*\n.*parking\/failing.*retries-exhausted.*shown\n$/);

    const shown = await deadLetters('show', 'parking/default', String(event?.sequence));
    expect(shown).toContain('ce-id: shown\n');
    expect(shown).toContain('Jetmesh-Error-Code: 503\n');
    expect(shown.endsWith('\n\n{"order":1}\n')).toBe(true);
  }, 60_000);

  it('lists only what is selected', async () => {
    const [event] = await park('selected');
    const found = async (...words: string[]) =>
      (await listed(...words)).some(({ sequence }) => sequence === event?.sequence);
    expect(await found('--trigger', 'parking/failing', '--since', '10m')).toBe(true);
    expect(await found('--trigger', 'parking/healthy')).toBe(false);
    expect(await found('--reason', 'rejected')).toBe(false);
  }, 60_000);

  it('replays an event to the Trigger it failed for, once and to no other', async () => {
    const [event] = await park('replayed');
    const words = ['replay', 'parking/default', String(event?.sequence)];
    const requestsOf = ({ received }: RecordingSubscriber) =>
      received.filter(({ id }) => id === 'replayed');
    expect(requestsOf(failing)).toHaveLength(2);

    // Still down: all attempts anew, then parked again under another sequence.
    expect(await deadLetters(...words)).toBe('Replayed 1 of 1.\n');
    const [again] = await eventually(
      async () => {
        const events = (await listed()).filter(({ id }) => id === 'replayed');
        if (events.length === 1 && events[0]?.sequence !== event?.sequence) return events;
        throw new Error(`Parked are ${JSON.stringify(events)}`);
      },
      { timeoutMs: 30_000, intervalMs: 500 },
    );
    expect(again).toMatchObject({ attempts: 2, trigger: 'parking/failing' });
    expect(requestsOf(failing)).toHaveLength(4);
    await expect(deadLetters(...words)).rejects.toThrow('it is not parked any more');

    failing.answerWith(200);
    await deadLetters('replay', 'parking/default', String(again?.sequence));
    await eventually(() => requestsOf(failing).length > 4);
    // Whoever else would get it has it before an event that was stored later.
    await postEvent(`${mesh.endpoints.ingress}/parking/default`, { 'ce-id': 'later' });
    await eventually(() => [failing, healthy].every((one) => isReceived(one, 'later')));
    expect(requestsOf(failing)).toHaveLength(5);
    expect(requestsOf(failing)[4]?.body.toString()).toBe('{"order":1}');
    expect(requestsOf(healthy)).toHaveLength(1);
    expect((await listed()).some(({ id }) => id === 'replayed')).toBe(false);
    failing.answerWith(503);
  }, 90_000);

  it('discards what is named, and only with --yes', async () => {
    const [first, second] = await park('first', 'second');
    const words = ['discard', 'parking/default', String(first?.sequence)];
    await expect(deadLetters(...words)).rejects.toThrow('1 parked of "parking/default" are meant');
    expect(await deadLetters(...words, '--yes')).toBe('Discarded 1 of 1.\n');
    const left = (await listed()).map(({ sequence }) => sequence);
    expect(left).not.toContain(first?.sequence);
    expect(left).toContain(second?.sequence);

    const output = await deadLetters('discard', 'parking/default', '--all', '--yes');
    expect(output).toBe(`Discarded ${left.length} of ${left.length}.\n`);
    expect(await listed()).toEqual([]);
  }, 60_000);

  it.each([
    [['list', '--broker', 'parking/none'], 'No Broker "parking/none"'],
    [['show', 'parking/default', '999999'], 'No parked event 999999'],
    [['discard', 'parking/default', '--yes'], 'Say which'],
  ])('says what is wrong: %j', async (words, complaint) => {
    await expect(deadLetters(...words)).rejects.toThrow(complaint);
  });
});
