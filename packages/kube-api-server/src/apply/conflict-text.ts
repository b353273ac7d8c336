import type { StatusCause } from '../errors/api-error.ts';
import type { FieldConflict } from './apply-configuration.ts';
import type { FieldManager } from './field-managers.ts';

/** Causes and summary of a refused apply, in the words that kubectl shows. */
export function conflictText(conflicts: readonly FieldConflict[]): {
  causes: StatusCause[];
  summary: string;
} {
  const causes = conflicts.map(({ manager, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${managerText(manager)}`,
    field: pathText(path),
  }));
  const [only] = causes;
  if (only !== undefined && causes.length === 1) {
    return { causes, summary: `${only.message}: ${only.field}` };
  }
  const byManager = new Map<string, string[]>();
  for (const { manager, path } of conflicts) {
    const text = managerText(manager);
    byManager.set(text, [...(byManager.get(text) ?? []), pathText(path)]);
  }
  const lines = [...byManager]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([manager, paths]) => [
      `conflicts with ${manager}:`,
      ...paths.map((path) => `- ${path}`),
    ]);
  return { causes, summary: lines.join('\n') };
}

function managerText({ manager, operation, apiVersion, subresource }: FieldManager): string {
  const through = subresource === '' ? '' : ` with subresource ${JSON.stringify(subresource)}`;
  const using = operation === 'Apply' ? '' : ` using ${apiVersion}`;
  return `${JSON.stringify(manager)}${through}${using}`;
}

/** `.spec.ports[name="http"].port` from path elements. */
export function pathText(path: readonly string[]): string {
  return path.map(elementText).join('');
}

function elementText(element: string): string {
  const content = element.slice(2);
  if (element.startsWith('f:')) return `.${content}`;
  if (element.startsWith('v:')) return `[=${content}]`;
  if (!element.startsWith('k:')) return `[${content}]`;
  const keys = Object.entries(JSON.parse(content) as Record<string, unknown>);
  return `[${keys.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}]`;
}
