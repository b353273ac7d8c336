import { ApiError } from '../errors/api-error.ts';
import { badRequest, expired, invalid } from '../errors/api-errors.ts';
import { forbiddenField } from '../errors/field-problems.ts';
import { decodeContinueToken } from './continue-token.ts';
import { readRevision } from './read-revision.ts';

/** At which revision a list is, and after which key this page of it starts. */
export interface ListStart {
  readonly revision: number;
  readonly after: string | undefined;
}

/** Later pages keep the first page's revision: all pages are one snapshot. */
export function readListStart(query: URLSearchParams, current: number): ListStart {
  const token = query.get('continue') ?? '';
  const text = query.get('resourceVersion') ?? '';
  const match = query.get('resourceVersionMatch') ?? '';
  if (token !== '') {
    const start = decodeContinueToken(token);
    if (start === undefined) throw badRequest('invalid continue token: continue key is not valid');
    return start;
  }
  if (match !== '' && text === '') {
    const field = 'resourceVersionMatch';
    const problem = forbiddenField(
      field,
      `${field} is forbidden unless resourceVersion is provided`,
    );
    throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', [problem]);
  }
  const wanted = text === '' ? 0 : readRevision(text);
  if (wanted > current) throw tooLarge(wanted, current);
  return { revision: match === 'Exact' ? wanted : current, after: undefined };
}

/** Nothing is waited for: this server knows every write as soon as it is committed. */
function tooLarge(wanted: number, current: number): ApiError {
  const message = `Timeout: Too large resource version: ${wanted}, current: ${current}`;
  return new ApiError(504, 'Timeout', message, {
    retryAfterSeconds: 1,
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
  });
}

export function snapshotGone(): ApiError {
  return expired(
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.',
  );
}
