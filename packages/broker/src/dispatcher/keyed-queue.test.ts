import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { StreamMessage } from '@jetmesh/jetstream';
import type { HeldDelivery } from './delivery-queue.ts';
import { KeyedQueue } from './keyed-queue.ts';

/** Events are named by key and sequence, as `a1`; those of key `-` have none. */
function aQueue({ maxWaiting = 100, makesRoom = true } = {}) {
  const backInStream: string[] = [];
  const began: string[] = [];
  const open = new Map<string, HeldDelivery>();
  const queue = new KeyedQueue({
    keyOf: ({ event }) => event.attributes.get('key'),
    maxWaiting,
    makesRoom,
    onReady: () => begin(),
  });
  const begin = () => {
    for (let delivery = queue.next(); delivery !== undefined; delivery = queue.next()) {
      began.push(nameOf(delivery));
      open.set(nameOf(delivery), delivery);
    }
  };
  const add = (...names: string[]) => {
    for (const name of names) {
      queue.add(aDelivery(name, () => backInStream.push(name)));
      begin();
    }
  };
  const settle = (name: string) => {
    queue.settled(open.get(name)!);
    begin();
  };
  const fail = (name: string, delayMs: number) => {
    queue.failed(open.get(name)!, delayMs);
    begin();
  };
  return { queue, add, settle, fail, begin, began, backInStream };
}

function aDelivery(name: string, nak: () => void): HeldDelivery {
  const key = name.slice(0, 1);
  const attributes = new Map(key === '-' ? [] : [['key', key]]);
  const message = { sequence: Number(name.slice(1)), nak } as Partial<StreamMessage>;
  return { message: message as StreamMessage, event: { attributes, data: Buffer.alloc(0) } };
}

function nameOf({ message, event }: HeldDelivery): string {
  return `${event.attributes.get('key') ?? '-'}${message.sequence}`;
}

describe('KeyedQueue', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('begins one event of a key at a time, and those of other keys meanwhile', () => {
    const { add, settle, began } = aQueue();
    add('a1', 'a2', 'b3', 'a4', 'b5', '-6', '-7');
    expect(began).toEqual(['a1', 'b3', '-6', '-7']);
    settle('b3');
    settle('a1');
    settle('a2');
    expect(began.slice(4)).toEqual(['b5', 'a2', 'a4']);
  });

  it('waits for the retry of the first event before the next one of its key', () => {
    const { add, fail, settle, began, backInStream } = aQueue();
    add('a1', 'a2', 'b3');
    fail('a1', 500);
    settle('b3');
    add('b4');
    expect(began).toEqual(['a1', 'b3', 'b4']);
    jest.advanceTimersByTime(499);
    expect(began).toHaveLength(3);
    jest.advanceTimersByTime(1);
    expect(began.slice(3)).toEqual(['a1']);
    settle('a1');
    expect(began.slice(4)).toEqual(['a2']);
    expect(backInStream).toEqual([]);
  });

  it('puts what comes late where it belongs', () => {
    const { add, settle, began } = aQueue();
    add('a5', 'a9', 'a7', 'a3');
    for (const name of ['a5', 'a3', 'a7']) settle(name);
    expect(began).toEqual(['a5', 'a3', 'a7', 'a9']);
  });

  it('gives events back to the stream that a failing key would fill its room with, in their order', () => {
    const { add, fail, settle, began, backInStream } = aQueue({ maxWaiting: 2 });
    add('a1');
    fail('a1', 10_000);
    add('a2', 'a3', 'a4', 'b5');
    expect(backInStream).toEqual(['a3', 'a4']);
    expect(began).toEqual(['a1', 'b5']);
    jest.advanceTimersByTime(10_000);
    settle('a1');
    settle('a2');
    expect(began).toEqual(['a1', 'b5', 'a1', 'a2']);
    add('a6', 'a7', 'a4');
    expect(backInStream).toEqual(['a3', 'a4', 'a7']);
    expect(began).toHaveLength(4);
    add('a3');
    for (const name of ['a3', 'a4']) settle(name);
    expect(began.slice(4)).toEqual(['a3', 'a4', 'a6']);
  });

  it('waits no longer for an event that its stream has deleted', () => {
    const { queue, add, fail, settle, began, backInStream } = aQueue({ maxWaiting: 2 });
    add('a1');
    fail('a1', 1_000);
    add('a2', 'a3', 'a5');
    expect(backInStream).toEqual(['a3', 'a5']);
    jest.advanceTimersByTime(1_000);
    settle('a1');
    settle('a2');
    add('a6');
    jest.advanceTimersByTime(590_000);
    expect(began).toEqual(['a1', 'a1', 'a2']);
    jest.advanceTimersByTime(120_000);
    expect(began.slice(3)).toEqual(['a6']);
    queue.close();
  });

  it('gives unordered events that failed back to the stream', () => {
    const { add, fail, backInStream } = aQueue();
    add('-1');
    fail('-1', 500);
    expect(backInStream).toEqual(['-1']);
  });

  it('begins nothing that is newer than what a predecessor left, until it is told', () => {
    const { queue, add, settle, begin, began, backInStream } = aQueue({ maxWaiting: 2 });
    queue.holdAfter(3);
    add('b5', 'a4', 'c6', 'a2', '-7');
    expect(began).toEqual(['a2', '-7']);
    expect(backInStream).toEqual(['c6']);
    settle('a2');
    add('b1');
    queue.release();
    begin();
    expect(began).toEqual(['a2', '-7', 'b1', 'a4']);
    settle('b1');
    expect(began.slice(4)).toEqual(['b5']);
  });

  it('hands out what is to be parked, whatever it waits for', () => {
    const { queue, add, fail, settle, began } = aQueue();
    add('a1', 'a2', 'a3', 'b4', 'b5');
    fail('a1', 10_000);
    expect(queue.takeUpTo(2).map(nameOf)).toEqual(['a1', 'a2']);
    expect(queue.takeUpTo(4)).toHaveLength(1);
    settle('b4');
    expect(began).toEqual(['a1', 'b4', 'b5']);
  });

  it('gives everything that is not open back in its order when it is closed', () => {
    const { queue, add, fail, began } = aQueue();
    add('a1', 'b2', 'a3', 'b4');
    fail('b2', 1_000);
    expect(queue.close().map(nameOf)).toEqual(['b2', 'a3', 'b4']);
    jest.advanceTimersByTime(10_000);
    expect(began).toEqual(['a1', 'b2']);
  });
});
