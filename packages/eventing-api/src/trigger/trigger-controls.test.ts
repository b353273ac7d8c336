import { describe, expect, it } from '@jest/globals';
import { isExclusive, triggerControls } from './trigger-controls.ts';

function read(annotations: Record<string, string>) {
  const prefixed: Record<string, string> = {};
  for (const [name, value] of Object.entries(annotations)) prefixed[`jetmesh.dev/${name}`] = value;
  return triggerControls({ metadata: { name: 'orders', annotations: prefixed } });
}

function valid(annotations: Record<string, string>) {
  const reading = read(annotations);
  if (reading.kind === 'invalid') throw new Error(JSON.stringify(reading.problems));
  return reading.controls;
}

describe('triggerControls', () => {
  it('has nothing to say about a Trigger without annotations', () => {
    const controls = {
      maxInFlight: undefined,
      order: { kind: 'unordered' },
      rateLimit: undefined,
      isPaused: false,
      startFrom: { kind: 'new' },
    };
    expect(triggerControls({ metadata: { name: 'orders' } })).toEqual({ kind: 'valid', controls });
    expect(valid({ 'delivery-order': 'unordered', paused: 'false' })).toEqual(controls);
  });

  it.each([
    [{ 'max-in-flight': '7' }, { maxInFlight: 7 }],
    [{ 'max-in-flight': '123456' }, { maxInFlight: 10_000 }],
    [{ 'delivery-order': 'ordered' }, { order: { kind: 'ordered' } }],
    [{ 'delivery-order': 'by-key' }, { order: { kind: 'by-key', attribute: 'partitionkey' } }],
    [
      { 'delivery-order': 'by-key', 'order-key': 'subject' },
      { order: { kind: 'by-key', attribute: 'subject' } },
    ],
    [{ 'rate-limit': '100/s' }, { rateLimit: { count: 100, perMs: 1_000 } }],
    [{ 'rate-limit': '30/m' }, { rateLimit: { count: 30, perMs: 60_000 } }],
    [{ 'rate-limit': '1/h' }, { rateLimit: { count: 1, perMs: 3_600_000 } }],
    [{ paused: 'true' }, { isPaused: true }],
    [{ 'start-from': 'beginning' }, { startFrom: { kind: 'beginning' } }],
    [{ 'start-from': 'sequence:42' }, { startFrom: { kind: 'sequence', sequence: 42 } }],
    [
      { 'start-from': '2024-05-01T10:00:00+02:00' },
      { startFrom: { kind: 'time', time: new Date('2024-05-01T08:00:00Z') } },
    ],
  ])('reads %j', (annotations, expected) => {
    expect(valid(annotations)).toMatchObject(expected);
  });

  it.each([
    ['max-in-flight', ['', '0', '-1', '1.5', 'many', ' 1', '1e3']],
    ['delivery-order', ['', 'Ordered', 'fifo']],
    ['order-key', ['', 'partition-key', 'Key', 'a.b']],
    ['rate-limit', ['', '100', '0/s', '10/d', '1.5/s', '10 / s', '10/sec']],
    ['paused', ['', 'yes', 'True']],
    ['start-from', ['', 'old', 'sequence:0', 'sequence:x', '2024-05-01', '2024-13-01T00:00:00Z']],
    ['strict-replies', ['1']],
    ['delivery-profile', ['kyma']],
    ['dead-letter-timeout', ['1h']],
    ['max-backlog-bytes', ['much']],
    ['max-backlog-age', ['PT0S']],
  ])('refuses a wrong %s with the annotation and its rule', (name, values) => {
    for (const value of values) {
      const reading = read({ [name]: value });
      expect(reading).toMatchObject({
        kind: 'invalid',
        problems: [{ annotation: `jetmesh.dev/${name}` }],
      });
      expect(JSON.stringify(reading)).toContain(`not \\"${value}\\"`);
    }
  });

  it('tells of every wrong annotation at once', () => {
    const reading = read({ paused: 'x', 'rate-limit': 'x', 'max-in-flight': '1' });
    expect(reading.kind === 'invalid' && reading.problems).toHaveLength(2);
  });
});

describe('isExclusive', () => {
  it.each([
    [{}, false],
    [{ paused: 'true', 'start-from': 'beginning', 'order-key': 'subject' }, false],
    [{ 'max-in-flight': '7' }, true],
    [{ 'delivery-order': 'ordered' }, true],
    [{ 'delivery-order': 'by-key' }, true],
    [{ 'rate-limit': '1/s' }, true],
  ])('of a Trigger with %j is %s', (annotations, expected) => {
    expect(isExclusive(valid(annotations))).toBe(expected);
  });
});
