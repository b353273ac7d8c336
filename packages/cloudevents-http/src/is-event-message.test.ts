import { describe, expect, it } from '@jest/globals';
import { isEventMessage } from './is-event-message.ts';

describe('a message', () => {
  it.each([
    [['ce-id', '1']],
    [['Date', 'x', 'CE-SpecVersion', '0.1']],
    [['ce-', '']],
    [['Content-Type', 'application/cloudevents+json']],
    [['content-type', 'Application/CloudEvents-batch+xml']],
    [['content-type', 'application/cloudevents']],
  ])('with %j claims to be an event', (headers) => {
    expect(isEventMessage(headers)).toBe(true);
  });

  it.each([
    [[]],
    [['content-type', 'application/json']],
    [['content-type', 'application/cloud']],
    [['x-ce-id', '1', 'ce', '1', 'certificate', 'x']],
    [['x', 'ce-id', 'accept', 'application/cloudevents+json']],
  ])('with %j does not', (headers) => {
    expect(isEventMessage(headers)).toBe(false);
  });
});
