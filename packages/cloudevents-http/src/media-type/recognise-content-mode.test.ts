import { describe, expect, it } from '@jest/globals';
import { recogniseContentMode } from './recognise-content-mode.ts';

describe('the content mode', () => {
  it.each([
    [undefined, 'binary'],
    ['', 'binary'],
    ['application/json', 'binary'],
    ['application/cloud', 'binary'],
    ['text/plain; x=application/cloudevents+json', 'binary'],
    ['application/cloudevents+json', 'structured'],
    ['APPLICATION/CloudEvents+Json', 'structured'],
    ['application/cloudevents+json; charset=utf-8', 'structured'],
    ['application/cloudevents+json;charset="UTF-8"', 'structured'],
    ['application/cloudevents+json; charset=utf8; q=1', 'structured'],
    ['application/cloudevents+json ; version=1.0', 'structured'],
    ['application/cloudevents-batch+json', 'batched'],
    ['application/cloudevents-batch+json; charset=utf-8', 'batched'],
  ])('of %j is %s', (contentType, mode) => {
    expect(recogniseContentMode(contentType)).toEqual({ kind: 'recognised', mode });
  });

  it.each([
    ['application/cloudevents', /no other format/],
    ['application/cloudevents+avro', /no other format/],
    ['application/cloudevents+xml; charset=utf-8', /no other format/],
    ['application/cloudevents-batch+protobuf', /no other format/],
    ['application/cloudeventsfoo', /no other format/],
    ['application/cloudevents+json; charset=utf-16', /charset/],
    ['application/cloudevents-batch+json; charset=ISO-8859-1', /charset/],
    ['application/cloudevents+json; charset', /media type/],
    ['application/cloudevents+json, application/json', /media type/],
  ])('of %j is not spoken', (contentType, rule) => {
    expect(recogniseContentMode(contentType)).toEqual({
      kind: 'refused',
      code: 415,
      field: 'content-type',
      rule: expect.stringMatching(rule) as unknown,
    });
  });
});
