import type { KubectlOutcome } from './run-kubectl.ts';
import { withTablesAsCells } from './with-tables-as-cells.ts';

/** What legitimately differs between two servers, or two runs on one, and what stands for it. */
const substitutions: readonly [RegExp, string][] = [
  [/^warning: version difference .*\n/gim, ''],
  [/^W\d{4} .*\] /gm, ''],
  // What the watch of kubectl logs when its own deadline ends it.
  [/^(E\d{4} .*reflector\.go|k8s\.io\/client-go\/tools\/watch\/).*\n/gm, ''],
  [/https?:\/\/127\.0\.0\.1:\d+/g, '<server>'],
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uid>'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>'],
  [/[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, '<time>'],
  [/(resource ?version[\\"]*:[ \\"]*)\d+/gi, '$1<version>'],
  [/(?<=Server Version: )v1\.\d+\.\S+/g, '<version>'],
  [/\b10\.\d+\.\d+\.\d+\b/g, '<address>'],
  [/\b(generated-)[a-z0-9]{5}\b/g, '$1<suffix>'],
  [/^(---|\+\+\+) .*\/(LIVE|MERGED)-\d+\/(\S+).*$/gm, '$1 $2 $3'],
  [/^diff -u -N .*\n/gm, ''],
  [/(?<=^|[\s|])(\d+[smhd]){1,2}( ago)?(?=[\s|]|$)/gm, '<age>'],
  [/ +$/gm, ''],
];

/** The same outcome without what legitimately differs; tables as cells, JSON with its fields in order. */
export function normalised(outcome: KubectlOutcome): KubectlOutcome {
  return {
    exitCode: outcome.exitCode,
    stdout: normalisedText(outcome.stdout),
    stderr: normalisedText(outcome.stderr),
  };
}

function normalisedText(text: string): string {
  return substitutions.reduce(
    (rest, [pattern, stand]) => rest.replace(pattern, stand),
    withTablesAsCells(withSortedFields(text)),
  );
}

function withSortedFields(text: string): string {
  if (!text.startsWith('{')) return text;
  try {
    return JSON.stringify(JSON.parse(text, sorted), undefined, 2);
  } catch {
    return text;
  }
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
