import { objectOr, textOr, type JsonObject } from '../../json/json-value.ts';
import type { KubeObject } from '../../object/kube-object.ts';
import {
  int32,
  microTime,
  objectReference,
  record,
  text,
  time,
} from '../../schema/schema-terms.ts';
import type { PrinterColumn, ResourceStrategy } from '../resource.ts';
import { builtInResource } from './built-in-resource.ts';
import { ageOf, column, nameColumn } from './columns.ts';
import { convertEvent } from './convert-event.ts';
import { validateEvent } from './validate-event.ts';

const eventStrategy: Partial<ResourceStrategy> = {
  isCreatedByUpdate: true,
  convert: convertEvent,
  validate: validateEvent,
  timeToLiveMs: 60 * 60 * 1000,
  fieldValues: (event) => selectable(convertEvent(event, 'v1')),
};

const columns: readonly PrinterColumn[] = [
  column('Last Seen', (event, now) => lastSeen(convertEvent(event, 'v1'), now)),
  column('Type', (event) => textOr(event.type, '')),
  column('Reason', (event) => textOr(event.reason, '')),
  column('Object', (event) => involved(convertEvent(event, 'v1'))),
  column('Subobject', (event) => field(convertEvent(event, 'v1'), 'involvedObject', 'fieldPath'), {
    priority: 1,
  }),
  column('Source', (event) => sourceOf(convertEvent(event, 'v1')), { priority: 1 }),
  column('Message', (event) => textOr(convertEvent(event, 'v1').message, '').trim()),
  column('First Seen', (event, now) => ageOf(firstMoment(convertEvent(event, 'v1')), now), {
    priority: 1,
  }),
  column('Count', (event) => countOf(convertEvent(event, 'v1')), { type: 'string', priority: 1 }),
  { ...nameColumn, priority: 1 },
];

const series = record({ count: int32, lastObservedTime: microTime, state: text });

export const coreEventResource = builtInResource({
  kind: 'Event',
  plural: 'events',
  shortNames: ['ev'],
  schema: record({
    involvedObject: objectReference,
    reason: text,
    message: text,
    source: record({ component: text, host: text }),
    firstTimestamp: time,
    lastTimestamp: time,
    count: int32,
    type: text,
    eventTime: microTime,
    series,
    action: text,
    related: objectReference,
    reportingComponent: text,
    reportingInstance: text,
  }),
  allColumns: columns,
  strategy: eventStrategy,
});

export const eventsResource = builtInResource({
  group: 'events.k8s.io',
  kind: 'Event',
  plural: 'events',
  shortNames: ['ev'],
  storageId: coreEventResource.storageId,
  storageApiVersion: 'v1',
  schema: record({
    regarding: objectReference,
    reason: text,
    note: text,
    deprecatedSource: record({ component: text, host: text }),
    deprecatedFirstTimestamp: time,
    deprecatedLastTimestamp: time,
    deprecatedCount: int32,
    type: text,
    eventTime: microTime,
    series,
    action: text,
    related: objectReference,
    reportingController: text,
    reportingInstance: text,
  }),
  allColumns: columns,
  strategy: eventStrategy,
});

function selectable(event: KubeObject): Record<string, string> {
  const values: Record<string, string> = {
    reason: textOr(event.reason, ''),
    type: textOr(event.type, ''),
    source: sourceOf(event),
    reportingComponent: textOr(event.reportingComponent, ''),
  };
  for (const name of Object.keys(objectReference.properties ?? {})) {
    values[`involvedObject.${name}`] = field(event, 'involvedObject', name);
    values[`regarding.${name}`] = field(event, 'involvedObject', name);
  }
  return values;
}

function field(event: KubeObject, object: string, name: string): string {
  return textOr(objectOr(event[object])[name], '');
}

function involved(event: KubeObject): string {
  const kind = field(event, 'involvedObject', 'kind').toLowerCase();
  const name = field(event, 'involvedObject', 'name');
  return name === '' ? kind : `${kind}/${name}`;
}

function sourceOf(event: KubeObject): string {
  const component = field(event, 'source', 'component');
  return component === '' ? textOr(event.reportingComponent, '') : component;
}

function seriesOf(event: KubeObject): JsonObject {
  return objectOr(event.series);
}

function firstMoment(event: KubeObject): unknown {
  return event.firstTimestamp ?? event.eventTime;
}

function countOf(event: KubeObject): string {
  const count = seriesOf(event).count ?? event.count;
  return String(typeof count === 'number' ? count : 1);
}

function lastSeen(event: KubeObject, now: Date): string {
  const moment = seriesOf(event).lastObservedTime ?? event.lastTimestamp ?? firstMoment(event);
  return ageOf(moment, now);
}
