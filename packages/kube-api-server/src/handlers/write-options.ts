import { badRequest, invalid } from '../errors/api-errors.ts';
import { unsupportedValue } from '../errors/field-problems.ts';

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

export interface WriteOptions {
  readonly isDryRun: boolean;
  readonly fieldManager: string;
  readonly fieldValidation: FieldValidation;
  readonly force: boolean;
}

/** Options of a write from its query; the field manager falls back to the client's name. */
export function readWriteOptions(query: URLSearchParams, userAgent: string): WriteOptions {
  const fieldManager = query.get('fieldManager') ?? '';
  if (fieldManager.length > 128)
    throw badRequest('fieldManager may not be longer than 128 characters');
  return {
    isDryRun: readDryRun(query.getAll('dryRun')),
    fieldManager: fieldManager === '' ? clientName(userAgent) : fieldManager,
    fieldValidation: readFieldValidation(query.get('fieldValidation')),
    force: query.get('force') === 'true' || query.get('force') === '1',
  };
}

export function readDryRun(values: readonly string[]): boolean {
  for (const value of values) {
    if (value === 'All') continue;
    const problem = unsupportedValue('dryRun', [...values], ['All']);
    throw invalid({ group: 'meta.k8s.io', kind: 'CreateOptions' }, '', [problem]);
  }
  return values.length > 0;
}

function readFieldValidation(value: string | null): FieldValidation {
  switch (value) {
    case null:
    case '':
    case 'Warn':
      return 'Warn';
    case 'Strict':
    case 'Ignore':
      return value;
    default: {
      const allowed = ['', 'Ignore', 'Strict', 'Warn'];
      const problem = unsupportedValue('fieldValidation', value, allowed);
      throw invalid({ group: 'meta.k8s.io', kind: 'CreateOptions' }, '', [problem]);
    }
  }
}

/** `kubectl` of `kubectl/v1.32.4 (linux/amd64)`. */
function clientName(userAgent: string): string {
  const name = userAgent.split('/')[0] ?? '';
  return name === '' ? 'unknown' : name.slice(0, 128);
}
