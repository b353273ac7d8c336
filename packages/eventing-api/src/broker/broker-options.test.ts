import { describe, expect, it } from '@jest/globals';
import { annotationMessage } from '../annotations/annotation-problem.ts';
import { brokerOptionsOf } from './broker-options.ts';

const none = { deduplicates: false, timeToLive: undefined };

describe('brokerOptionsOf', () => {
  it.each([
    [undefined, none],
    [{}, none],
    [{ 'jetmesh.dev/deduplication': 'none' }, none],
    [{ 'jetmesh.dev/deduplication': 'source-and-id' }, { ...none, deduplicates: true }],
    [{ 'jetmesh.dev/event-ttl': '5' }, { ...none, timeToLive: 5 }],
  ])('reads %j', (annotations, options) => {
    expect(brokerOptionsOf(annotations)).toEqual({ options, problems: [] });
  });

  it.each([
    [{ 'jetmesh.dev/deduplication': 'id' }, 'must be none or source-and-id, not "id"'],
    [
      { 'jetmesh.dev/dead-letter-timeout': '1h' },
      'must be an ISO 8601 duration such as PT30M, not "1h"',
    ],
    [{ 'jetmesh.dev/event-ttl': '0' }, 'must be a whole number from 1 to 2147483647, not "0"'],
    [{ 'jetmesh.dev/event-ttl': '1.5' }, 'must be a whole number from 1 to 2147483647, not "1.5"'],
    [{ 'jetmesh.dev/event-ttl': '' }, 'must be a whole number from 1 to 2147483647, not ""'],
  ])('says what is wrong with %j, and takes it for absent', (annotations, rule) => {
    const { options, problems } = brokerOptionsOf(annotations);
    const [annotation] = Object.keys(annotations);
    expect(options).toEqual(none);
    expect(annotationMessage(problems)).toBe(`metadata.annotations["${annotation}"]: ${rule}`);
  });
});
