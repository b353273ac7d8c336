import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../../object/kube-object.ts';
import { convertEvent } from './convert-event.ts';
import { validateEvent } from './validate-event.ts';

const metadata = { name: 'a', namespace: 'shop' };

describe('a Kubernetes event', () => {
  const event = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata,
    involvedObject: { namespace: 'shop', name: 'x' },
    reason: 'Tested',
    message: 'm',
    firstTimestamp: '2026-01-01T00:00:00Z',
    count: 1,
  };
  const modern = {
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata,
    regarding: { namespace: 'shop', name: 'x' },
    eventTime: '2026-01-01T00:00:00.000000Z',
    reportingController: 'example.com/c',
    reportingInstance: 'i',
    action: 'Act',
    reason: 'Tested',
    type: 'Normal',
    note: 'm',
  };
  const fieldsOf = (next: KubeObject) => validateEvent(next, undefined).map(({ field }) => field);

  it('reads the same in both groups', () => {
    const converted = convertEvent(event, 'events.k8s.io/v1');
    expect(converted).toMatchObject({
      apiVersion: 'events.k8s.io/v1',
      regarding: event.involvedObject,
      note: 'm',
      deprecatedCount: 1,
      deprecatedFirstTimestamp: event.firstTimestamp,
    });
    expect(convertEvent(converted, 'v1')).toEqual(event);
  });

  it.each<[string, KubeObject, string[]]>([
    ['nothing against either form', event, []],
    ['nothing against the newer form', modern, []],
    [
      'another Namespace',
      { ...event, involvedObject: { namespace: 'other' } },
      ['involvedObject.namespace'],
    ],
    [
      'a cluster object elsewhere than in default',
      { ...event, involvedObject: { name: 'x' } },
      ['involvedObject.namespace'],
    ],
    ['no reporter', { ...modern, reportingController: '' }, ['reportingController']],
    ['no action', { ...modern, action: '' }, ['action']],
    ['another type', { ...modern, type: 'Odd' }, ['type']],
    [
      'a series of one',
      { ...modern, series: { count: 1 } },
      ['series.count', 'series.lastObservedTime'],
    ],
    ['fields of the older form', { ...modern, deprecatedCount: 1 }, ['count']],
  ])('has %s', (_what, next, fields) => {
    expect(fieldsOf(next)).toEqual(fields);
  });
});
