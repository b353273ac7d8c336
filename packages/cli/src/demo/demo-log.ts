import type { EventPath } from '@jetmesh/eventing-api';

/** One line of the demo: a send with its answer, or a delivery with its subscriber. */
export interface DemoLine {
  readonly at: Date;
  readonly what: 'sent' | 'received';
  readonly path: EventPath;
  readonly endpoint: string;
  readonly type: string;
  readonly id: string;
  readonly detail: string;
}

const widths = [14, 10, 6, 21, 18, 10];

export function demoHeading(): string {
  return row('time', '', 'path', 'endpoint', 'type', 'id', 'answer or subscriber');
}

export function demoLine(line: DemoLine): string {
  const { at, what, path, endpoint, type, id, detail } = line;
  return row(at.toISOString().slice(11, 23), what, path, endpoint, type, id.slice(0, 8), detail);
}

function row(...cells: string[]): string {
  return cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('');
}
