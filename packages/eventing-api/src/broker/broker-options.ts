import { jetmeshAnnotations } from '../jetmesh-annotations.ts';
import type { AnnotationProblem } from '../annotations/annotation-problem.ts';
import { triggerBoundsOf } from '../trigger/trigger-bounds.ts';

/** What a Broker's annotations ask of the data plane. */
export interface BrokerOptions {
  /** Events with the same `source` and `id` are one event within the stream's duplicate window. */
  readonly deduplicates: boolean;
  /** Hops of a new event through replies; undefined leaves it to the ingress. */
  readonly timeToLive: number | undefined;
}

export interface BrokerOptionsReading {
  /** A wrong annotation counts as absent here: events are taken all the same. */
  readonly options: BrokerOptions;
  readonly problems: readonly AnnotationProblem[];
}

const longestTimeToLive = 2 ** 31 - 1;

export function brokerOptionsOf(
  annotations: Readonly<Record<string, string>> = {},
): BrokerOptionsReading {
  const deduplication = annotations[jetmeshAnnotations.deduplication];
  const timeToLive = annotations[jetmeshAnnotations.eventTimeToLive];
  const hops = timeToLive === undefined ? undefined : hopsOf(timeToLive);
  const problems: AnnotationProblem[] = [];
  if (deduplication !== undefined && !/^(none|source-and-id)$/.test(deduplication)) {
    problems.push({
      annotation: jetmeshAnnotations.deduplication,
      rule: `must be none or source-and-id, not "${deduplication}"`,
    });
  }
  if (timeToLive !== undefined && hops === undefined) {
    problems.push({
      annotation: jetmeshAnnotations.eventTimeToLive,
      rule: `must be a whole number from 1 to ${longestTimeToLive}, not "${timeToLive}"`,
    });
  }
  const { deadLetterTimeout } = jetmeshAnnotations;
  const ofTriggers = triggerBoundsOf(annotations).problems;
  problems.push(...ofTriggers.filter(({ annotation }) => annotation === deadLetterTimeout));
  const deduplicates = deduplication === 'source-and-id';
  return { options: { deduplicates, timeToLive: hops }, problems };
}

function hopsOf(text: string): number | undefined {
  const hops = Number(text);
  return /^[1-9]\d*$/.test(text) && hops <= longestTimeToLive ? hops : undefined;
}
