import { describe, expect, it } from '@jest/globals';
import { admitEvents } from './admit-events.ts';

const binary = (changes: Record<string, string> = {}) =>
  Object.entries({
    'ce-specversion': '1.0',
    'ce-id': '1',
    'ce-source': '/s',
    'ce-type': 't',
    'content-type': 'text/plain',
    ...changes,
  }).flat();

const hopsAfter = (ttl: string | undefined) => {
  const headers = binary(ttl === undefined ? {} : { 'ce-knativebrokerttl': ttl });
  const admission = admitEvents(headers, Buffer.from('x'), 255);
  if (admission.kind === 'refused') return admission.answer;
  return admission.isBatch ? 'a batch' : admission.event.attributes.get('knativebrokerttl');
};

describe('admitEvents', () => {
  it('lets in a binary event, its data untouched', () => {
    const body = Buffer.from([0, 255, 128]);
    const admission = admitEvents(binary(), body, 255);
    expect(admission).toMatchObject({ kind: 'admitted', isBatch: false });
    expect(admission).toMatchObject({ event: { data: body } });
  });

  it.each([
    [undefined, '255'],
    ['no number', '255'],
    ['1.5', '255'],
    ['10', '9'],
    ['2', '1'],
    ['100000', '255'],
  ])('turns %s hops into %s', (ttl, hops) => {
    expect(hopsAfter(ttl)).toBe(hops);
  });

  it.each(['1', '0', '-4'])('refuses an event with %s hops left', (ttl) => {
    expect(hopsAfter(ttl)).toEqual({
      code: 400,
      body: { error: 'knativebrokerttl: is exhausted' },
    });
  });

  it('names the field and the rule that an event breaks', () => {
    const admission = admitEvents(binary({ 'ce-id': '' }), Buffer.alloc(0), 255);
    expect(admission).toMatchObject({ kind: 'refused', answer: { code: 400 } });
    expect(JSON.stringify(admission)).toMatch(/"error":"id: .+"/);
  });

  const batch = (events: object[]) =>
    admitEvents(
      ['content-type', 'application/cloudevents-batch+json'],
      Buffer.from(JSON.stringify(events)),
      255,
    );
  const event = { specversion: '1.0', id: '1', source: '/s', type: 't' };

  it('lets in a batch as a whole', () => {
    const admission = batch([event, { ...event, id: '2' }]);
    expect(admission).toMatchObject({ kind: 'admitted', isBatch: true });
    expect(admission).toHaveProperty('events.length', 2);
  });

  it('refuses a batch as a whole, and says which event is to blame', () => {
    const admission = batch([event, { ...event, type: '' }]);
    expect(admission).toMatchObject({ kind: 'refused', answer: { code: 400 } });
    expect(JSON.stringify(admission)).toMatch(/"error":"\[1\]\.type: .+"/);
  });

  it('lets in an empty batch', () => {
    expect(batch([])).toEqual({ kind: 'admitted', isBatch: true, events: [] });
  });
});
