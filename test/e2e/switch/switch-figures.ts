import type { ReceivedRequest } from '../../support/recording-subscriber.ts';
import type { SentEvent } from './send-legacy-load.ts';
import { shopSubscriptions } from './shop.ts';

export interface SwitchFigures {
  readonly lostCount: number;
  readonly duplicateCount: number;
  /** Between two deliveries to the same Subscription. */
  readonly longestPauseMs: number;
}

/** Each accepted event must come once to each of its Subscriptions; what nobody asked for counts as a duplicate. */
export function switchFigures(
  accepted: readonly SentEvent[],
  received: readonly ReceivedRequest[],
): SwitchFigures {
  let lostCount = 0;
  let duplicateCount = 0;
  let longestPauseMs = 0;
  for (const { name, types } of shopSubscriptions) {
    const deliveries = received.filter(({ path }) => path === `/${name}`);
    const seen = new Set(deliveries.map(({ id }) => id));
    const expected = new Set(
      accepted.filter(({ type }) => types.includes(type)).map(({ id }) => id),
    );
    lostCount += [...expected].filter((id) => !seen.has(id)).length;
    duplicateCount += deliveries.length - [...seen].filter((id) => expected.has(id)).length;
    const times = deliveries.map(({ atMs }) => atMs).sort((a, b) => a - b);
    const pauses = times.slice(1).map((time, index) => time - (times[index] ?? time));
    longestPauseMs = Math.max(longestPauseMs, ...pauses);
  }
  return { lostCount, duplicateCount, longestPauseMs };
}
