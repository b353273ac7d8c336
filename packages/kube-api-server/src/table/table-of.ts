import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { KubeObject } from '../object/kube-object.ts';
import type { CellValue, PrinterColumn } from '../registry/resource.ts';
import { humanDuration } from './human-duration.ts';
import { compileJsonPath } from './json-path.ts';

export type IncludedObject = 'None' | 'Metadata' | 'Object';

interface TableOptions {
  readonly columns: readonly PrinterColumn[];
  readonly metadata: JsonObject;
  readonly include: IncludedObject;
  readonly now: Date;
  readonly hasHeader?: boolean;
}

/** Objects as a Table of meta/v1: what `kubectl get` prints. */
export function tableOf(objects: readonly KubeObject[], options: TableOptions): JsonObject {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: options.metadata,
    columnDefinitions: options.hasHeader === false ? null : options.columns.map(definitionOf),
    rows: objects.map((object) => rowOf(object, options)),
  };
}

function definitionOf(column: PrinterColumn): JsonObject {
  return {
    name: column.name,
    type: column.type,
    format: column.format ?? '',
    description: column.description ?? descriptionOf(column),
    priority: column.priority ?? 0,
  };
}

function descriptionOf({ value }: PrinterColumn): string {
  return typeof value === 'string'
    ? `Custom resource definition column (in JSONPath format): ${value}`
    : '';
}

function rowOf(object: KubeObject, { columns, include, now }: TableOptions): JsonObject {
  const row: JsonObject = { cells: columns.map((column) => cellOf(column, object, now)) };
  if (include === 'Object') row.object = object;
  if (include === 'Metadata') row.object = partialMetadata(object);
  return row;
}

export function partialMetadata(object: KubeObject): JsonObject {
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata: object.metadata,
  };
}

function cellOf(column: PrinterColumn, object: KubeObject, now: Date): CellValue {
  if (typeof column.value !== 'string') return column.value(object, now);
  const found = compileJsonPath(column.value)?.(object) ?? [];
  return found.length === 0 ? null : typedCell(column.type, found, now);
}

/** A value that is not of the column's type is left out. */
function typedCell(type: string, found: readonly JsonValue[], now: Date): CellValue {
  const [value = null] = found;
  switch (type) {
    case 'string':
      return found.length > 1 ? found.map(asText).join(' ') : textOf(value);
    case 'date':
      return dateCell(value, now);
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : null;
    case 'number':
      return typeof value === 'number' ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    default:
      return null;
  }
}

function dateCell(value: JsonValue, now: Date): CellValue {
  if (typeof value !== 'string') return '<unknown>';
  const moment = Date.parse(value);
  return Number.isNaN(moment) ? '<invalid>' : humanDuration(now.getTime() - moment);
}

function textOf(value: JsonValue): CellValue {
  return value === null ? null : asText(value);
}

function asText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
