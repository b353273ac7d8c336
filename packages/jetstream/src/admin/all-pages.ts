import type { Page } from './api-replies.ts';
import type { JetStreamApi } from './jetstream-api.ts';

/** Follows a paged listing to its end. Entries that come or go meanwhile may be missed or seen twice. */
export async function allPages<T>(
  api: JetStreamApi,
  endpoint: string,
  field: 'streams' | 'consumers',
): Promise<T[]> {
  const entries: T[] = [];
  for (;;) {
    const reply = await api.request<Page<T>>(endpoint, { offset: entries.length });
    const page = reply[field] ?? [];
    entries.push(...page);
    if (page.length === 0 || entries.length >= reply.total) return entries;
  }
}
