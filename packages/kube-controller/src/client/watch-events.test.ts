import { describe, expect, it } from '@jest/globals';
import { serviceKind } from '@jetmesh/eventing-api';
import { setTimeout as delay } from 'node:timers/promises';
import type { ApiRequest, ApiRequests } from './api-requests.ts';
import { watchEvents, type WatchEvent } from './watch-events.ts';

const added = { type: 'ADDED', object: { metadata: { name: 'ä€𝄞', resourceVersion: '5' } } };
const bookmark = { type: 'BOOKMARK', object: { metadata: { resourceVersion: '9' } } };
const line = (event: object) => `${JSON.stringify(event)}\n`;

function watch(body: AsyncIterable<Uint8Array>, stallMs = 5_000) {
  const asked: ApiRequest[] = [];
  const outer = new AbortController();
  const requests = {
    stream(request: ApiRequest, signal: AbortSignal) {
      asked.push(request);
      return Promise.resolve(untilAborted(body, signal));
    },
  } as unknown as ApiRequests;
  const events = watchEvents(requests, serviceKind, {
    namespace: 'ns',
    labelSelector: 'a=b',
    resourceVersion: '4',
    timeoutSeconds: 300,
    stallMs,
    signal: outer.signal,
  });
  return { asked, events, outer };
}

async function* untilAborted(body: AsyncIterable<Uint8Array>, signal: AbortSignal) {
  const aborted = new Promise<never>((_resolve, reject) => {
    const fail = () => reject(signal.reason as Error);
    signal.addEventListener('abort', fail);
    if (signal.aborted) fail();
  });
  aborted.catch(() => undefined);
  const chunks = body[Symbol.asyncIterator]();
  for (;;) {
    const next = await Promise.race([chunks.next(), aborted]);
    if (next.done === true) return;
    yield next.value;
  }
}

async function* inChunks(text: string, size: number) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve();
    yield bytes.subarray(at, at + size);
  }
}

async function allOf(events: AsyncIterable<WatchEvent>): Promise<WatchEvent[]> {
  const seen: WatchEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

describe('watchEvents', () => {
  it('asks for bookmarks and an end, from the resourceVersion', async () => {
    const { asked, events } = watch(inChunks('', 1));
    await allOf(events);
    expect(asked).toEqual([
      {
        method: 'GET',
        path: '/api/v1/namespaces/ns/services',
        query: {
          watch: 'true',
          allowWatchBookmarks: 'true',
          resourceVersion: '4',
          timeoutSeconds: '300',
          labelSelector: 'a=b',
          fieldSelector: undefined,
        },
      },
    ]);
  });

  it.each([1, 2, 3, 7, 1_000])('gives each line once, in chunks of %i bytes', async (size) => {
    const { events } = watch(inChunks(`${line(added)}\n${line(bookmark)}`, size));
    expect(await allOf(events)).toEqual([added, bookmark]);
  });

  it('leaves out a line that was cut off', async () => {
    const { events } = watch(inChunks(line(added) + line(bookmark).slice(0, 20), 8));
    expect(await allOf(events)).toEqual([added]);
  });

  it('throws what an ERROR event says', async () => {
    const status = { code: 410, reason: 'Expired', message: 'too old resource version' };
    const { events } = watch(inChunks(line({ type: 'ERROR', object: status }), 100));
    await expect(allOf(events)).rejects.toMatchObject({ status: 410, reason: 'Expired' });
  });

  it('gives up when no byte comes, but not while some do', async () => {
    async function* slowly() {
      for (let times = 0; times < 6; times++) {
        await delay(20);
        yield Buffer.from('\n');
      }
      await new Promise(() => undefined);
    }
    const startedAtMs = performance.now();
    const { events } = watch(slowly(), 80);
    await expect(allOf(events)).rejects.toMatchObject({ code: 'watch_stalled' });
    expect(performance.now() - startedAtMs).toBeGreaterThan(190);
  });

  it('ends with its signal', async () => {
    async function* silence(): AsyncGenerator<Uint8Array> {
      await new Promise(() => undefined);
      yield Buffer.from('');
    }
    const { events, outer } = watch(silence());
    const ended = allOf(events);
    outer.abort(new Error('stopped'));
    await expect(ended).rejects.toThrow('stopped');
  });
});
