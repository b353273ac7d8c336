import { describe, expect, it } from '@jest/globals';
import type { CloudEvent } from '@jetmesh/cloudevents-http';
import { deadLetterEvent } from './dead-letter-event.ts';

const event: CloudEvent = {
  attributes: new Map([
    ['specversion', '1.0'],
    ['id', '1'],
    ['source', '/s'],
    ['type', 't'],
    ['ext', 'kept'],
    ['knativebrokerttl', '254'],
    ['kymasubject', 'kyma.s.t'],
    ['kymaexactsubject', 'kyma.sap.kyma.custom.s.t'],
  ]),
  data: Buffer.from('{"order":1}'),
};
const failureWith = (data: Buffer) => ({ destination: 'http://subscriber', code: 422, data });

describe('deadLetterEvent', () => {
  it('is the original event with what went wrong, without what is for the Broker alone', () => {
    const dead = deadLetterEvent(event, failureWith(Buffer.from('no such order')));
    expect(Object.fromEntries(dead.attributes)).toEqual({
      specversion: '1.0',
      id: '1',
      source: '/s',
      type: 't',
      ext: 'kept',
      knativeerrordest: 'http://subscriber',
      knativeerrorcode: '422',
      knativeerrordata: 'bm8gc3VjaCBvcmRlcg==',
    });
    expect(dead.data).toEqual(event.data);
  });

  it('cuts the answer so that its base64 has 1024 characters', () => {
    const dead = deadLetterEvent(event, failureWith(Buffer.alloc(5_000, 'x')));
    expect(dead.attributes.get('knativeerrordata')).toHaveLength(1024);
  });

  it('says nothing of an empty answer', () => {
    const dead = deadLetterEvent(event, failureWith(Buffer.alloc(0)));
    expect(dead.attributes.has('knativeerrordata')).toBe(false);
  });
});
