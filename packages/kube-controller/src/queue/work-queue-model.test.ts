import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { WorkQueue } from './work-queue.ts';

/** What a work queue is, without its speed. */
class QueueModel {
  readonly waiting: string[] = [];
  readonly behind: string[] = [];
  readonly inWork = new Set<string>();
  readonly dirty = new Set<string>();
  readonly delayed = new Map<string, { atMs: number; isBehind: boolean }>();
  nowMs = 0;

  add(key: string): void {
    this.delayed.delete(key);
    if (this.behind.includes(key)) this.behind.splice(this.behind.indexOf(key), 1);
    if (this.inWork.has(key)) this.dirty.add(key);
    else if (!this.waiting.includes(key)) this.waiting.push(key);
  }

  addBehind(key: string): void {
    if (this.waiting.includes(key)) return;
    this.delayed.delete(key);
    if (this.inWork.has(key)) this.dirty.add(key);
    else if (!this.behind.includes(key)) this.behind.push(key);
  }

  addAfter(key: string, delayMs: number, isBehind: boolean): void {
    const atMs = this.nowMs + delayMs;
    if ((this.delayed.get(key)?.atMs ?? Infinity) <= atMs) return;
    this.delayed.delete(key);
    this.delayed.set(key, { atMs, isBehind });
  }

  wait(durationMs: number): void {
    this.nowMs += durationMs;
    const due = [...this.delayed].filter(([, { atMs }]) => atMs <= this.nowMs);
    due.sort(([, first], [, second]) => first.atMs - second.atMs);
    for (const [key, { isBehind }] of due) {
      this.delayed.delete(key);
      if (isBehind) this.addBehind(key);
      else this.add(key);
    }
  }

  take(): string | undefined {
    const key = this.waiting.shift() ?? this.behind.shift();
    if (key !== undefined) this.inWork.add(key);
    return key;
  }

  done(key: string): void {
    this.inWork.delete(key);
    if (this.dirty.delete(key)) this.add(key);
  }
}

const key = fc.constantFrom('a', 'b', 'c');
const durationMs = fc.integer({ min: 1, max: 20 });
const step = fc.oneof(
  fc.record({ do: fc.constant('add' as const), key }),
  fc.record({ do: fc.constant('addBehind' as const), key }),
  fc.record({ do: fc.constant('addAfter' as const), key, durationMs, isBehind: fc.boolean() }),
  fc.record({ do: fc.constant('wait' as const), durationMs }),
  fc.record({ do: fc.constant('take' as const) }),
  fc.record({ do: fc.constant('done' as const), key }),
);

async function takeBoth(queue: WorkQueue, model: QueueModel): Promise<void> {
  const expected = model.take();
  if (expected !== undefined) expect(await queue.take()).toBe(expected);
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

it('hands out the same keys in the same order as its model, whatever is added, delayed and worked on', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const queue = new WorkQueue();
      const model = new QueueModel();
      for (const one of steps) {
        switch (one.do) {
          case 'add':
            queue.add(one.key);
            model.add(one.key);
            break;
          case 'addBehind':
            queue.addBehind(one.key);
            model.addBehind(one.key);
            break;
          case 'addAfter':
            if (one.isBehind) queue.addBehindAfter(one.key, one.durationMs);
            else queue.addAfter(one.key, one.durationMs);
            model.addAfter(one.key, one.durationMs, one.isBehind);
            break;
          case 'wait':
            jest.advanceTimersByTime(one.durationMs);
            model.wait(one.durationMs);
            break;
          case 'take':
            await takeBoth(queue, model);
            break;
          case 'done':
            if (!model.inWork.has(one.key)) break;
            queue.done(one.key);
            model.done(one.key);
            break;
        }
        expect(queue.depth).toBe(model.waiting.length + model.behind.length + model.dirty.size);
      }
      queue.close();
    }),
    { numRuns: 300 },
  );
});
