import { badRequest, invalid } from '../errors/api-errors.ts';
import { forbiddenField } from '../errors/field-problems.ts';
import type { ServedResource } from '../registry/resource.ts';
import type { ObjectPredicate } from '../selectors/object-selector.ts';
import { readRevision } from './read-revision.ts';
import { readSelector } from './read-selector.ts';
import type { ResourceRequest } from './resource-request.ts';

export interface WatchOptions {
  readonly served: ServedResource;
  readonly selects: ObjectPredicate;
  /** Changes after this revision; undefined: from now. */
  readonly after: number | undefined;
  /** Whether the present objects come first, as ADDED. */
  readonly hasInitialEvents: boolean;
  /** Whether a bookmark ends the initial events. */
  readonly marksInitialEnd: boolean;
  readonly hasBookmarks: boolean;
  readonly timeoutMs: number;
}

const defaultTimeoutMs = 30 * 60 * 1000;
const maxTimeoutMs = 60 * 60 * 1000;

export function readWatchOptions(request: ResourceRequest): WatchOptions {
  const { query, served } = request;
  const revision = query.get('resourceVersion') ?? '';
  const hasBookmarks = isTrue(query.get('allowWatchBookmarks'));
  const sendInitialEvents = query.get('sendInitialEvents');
  assertMatchFits(sendInitialEvents, query.get('resourceVersionMatch'));
  const isFromStart = revision === '' || revision === '0';
  const streamsInitial = sendInitialEvents !== null && isTrue(sendInitialEvents);
  return {
    served,
    selects: readSelector(request),
    after: isFromStart || streamsInitial ? undefined : readRevision(revision),
    hasInitialEvents: streamsInitial || (sendInitialEvents === null && isFromStart),
    marksInitialEnd: streamsInitial && hasBookmarks,
    hasBookmarks,
    timeoutMs: readTimeoutMs(query.get('timeoutSeconds')),
  };
}

export function isTrue(value: string | null): boolean {
  return value === 'true' || value === '1';
}

function readTimeoutMs(text: string | null): number {
  if (text === null || text === '') return defaultTimeoutMs;
  const seconds = Number(text);
  if (!Number.isInteger(seconds) || seconds < 0) {
    throw badRequest(`timeoutSeconds is not a count: ${text}`);
  }
  return seconds === 0 ? defaultTimeoutMs : Math.min(seconds * 1000, maxTimeoutMs);
}

function assertMatchFits(sendInitialEvents: string | null, match: string | null): void {
  if (sendInitialEvents === null && (match === null || match === '')) return;
  if (sendInitialEvents !== null && match === 'NotOlderThan') return;
  const text =
    sendInitialEvents === null
      ? 'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided'
      : 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan';
  const problem = forbiddenField('resourceVersionMatch', text);
  throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', [problem]);
}
