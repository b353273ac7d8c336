import type { ServerStatus } from '../wire/server-status.ts';

/**
 * What a status of the server means for the pull requests that wait. `request-ended`: one ended before it was filled.
 * `no-responders`: nobody serves the consumer; it is missing, or the server or its leader is not there yet.
 * `refused`: requests were refused or dropped; ask again, but not at once.
 */
export type PullStatus =
  'alive' | 'request-ended' | 'message-too-large' | 'no-responders' | 'consumer-gone' | 'refused';

export function pullStatus(status: ServerStatus): PullStatus {
  switch (status.code) {
    case 100:
      return 'alive';
    case 404:
    case 408:
      return 'request-ended';
    case 503:
      return 'no-responders';
    case 409:
      return conflict(status.text.toLowerCase());
    default:
      return 'refused';
  }
}

/** The server has one code for these and no other sign than the text. */
function conflict(text: string): PullStatus {
  if (text.startsWith('message size exceeds')) return 'message-too-large';
  if (text.startsWith('batch completed')) return 'request-ended';
  const isGone = text.startsWith('consumer deleted') || text.startsWith('consumer is push');
  return isGone ? 'consumer-gone' : 'refused';
}
