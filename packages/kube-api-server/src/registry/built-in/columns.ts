import { objectOr } from '../../json/json-value.ts';
import type { KubeObject } from '../../object/kube-object.ts';
import { humanDuration } from '../../table/human-duration.ts';
import type { CellValue, PrinterColumn } from '../resource.ts';

export const nameColumn: PrinterColumn = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: 'Name must be unique within a namespace.',
  value: (object) => object.metadata.name,
};

export const ageColumn: PrinterColumn = {
  name: 'Age',
  type: 'string',
  description: 'Time since the object was created.',
  value: (object, now) => ageOf(object.metadata.creationTimestamp, now),
};

/** `3m12s` since a moment, as kubectl prints it. */
export function ageOf(timestamp: unknown, now: Date): string {
  if (typeof timestamp !== 'string') return '<unknown>';
  return humanDuration(now.getTime() - Date.parse(timestamp));
}

export function column(
  name: string,
  value: (object: KubeObject, now: Date) => CellValue,
  more: { type?: string; priority?: number } = {},
): PrinterColumn {
  return { name, type: more.type ?? 'string', priority: more.priority ?? 0, value };
}

/** How many entries a map of an object has. */
export function countOf(field: string): (object: KubeObject) => CellValue {
  return (object) => Object.keys(objectOr(object[field])).length;
}
