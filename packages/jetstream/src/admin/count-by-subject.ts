import { apiErrorCodes } from './api-error-codes.ts';
import type { StreamReply } from './api-replies.ts';
import type { JetStreamApi } from './jetstream-api.ts';

/** The server tells this many subjects at once. */
const pageSize = 100_000;

/** How many messages each subject of a stream has; none for a stream that is not there. */
export async function countBySubject(
  api: JetStreamApi,
  stream: string,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (;;) {
    const body = { subjects_filter: '>', offset: counts.size };
    const endpoint = `STREAM.INFO.${stream}`;
    const reply = await api.requestUnless<StreamReply>(
      endpoint,
      body,
      apiErrorCodes.streamNotFound,
    );
    const page = Object.entries(reply?.state.subjects ?? {});
    for (const [subject, count] of page) counts.set(subject, count);
    if (page.length < pageSize) return counts;
  }
}
