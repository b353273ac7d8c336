import type { AnnotationProblem } from '../annotations/annotation-problem.ts';
import { parseDurationMs } from '../delivery/parse-duration.ts';
import { jetmeshAnnotations } from '../jetmesh-annotations.ts';

/** How much and how long a Trigger may keep events from leaving its Broker's stream; undefined: as the Broker says. */
export interface TriggerBounds {
  /** How long a dead letter sink may stay down before events are parked. */
  readonly deadLetterTimeoutMs: number | undefined;
  readonly maxBacklogBytes: number | undefined;
  readonly maxBacklogAgeMs: number | undefined;
}

export interface TriggerBoundsReading {
  /** A wrong annotation counts as absent here. */
  readonly bounds: TriggerBounds;
  readonly problems: readonly AnnotationProblem[];
}

type Annotations = Readonly<Record<string, string>>;

const unitBytes: Readonly<Record<string, number>> = {
  '': 1,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
};

export function triggerBoundsOf(annotations: Annotations = {}): TriggerBoundsReading {
  const problems: AnnotationProblem[] = [];
  const read = (annotation: string, parse: Parse) => {
    const text = annotations[annotation];
    if (text === undefined) return undefined;
    const parsed = parse(text);
    if (typeof parsed === 'number') return parsed;
    problems.push({ annotation, rule: `must be ${parsed.rule}, not "${text}"` });
    return undefined;
  };
  const { deadLetterTimeout, maxBacklogBytes, maxBacklogAge } = jetmeshAnnotations;
  const bounds = {
    deadLetterTimeoutMs: read(deadLetterTimeout, parseDuration),
    maxBacklogBytes: read(maxBacklogBytes, parseBytes),
    maxBacklogAgeMs: read(maxBacklogAge, parseAge),
  };
  return { bounds, problems };
}

type Parse = (text: string) => number | { readonly rule: string };

function parseDuration(text: string) {
  return parseDurationMs(text) ?? { rule: 'an ISO 8601 duration such as PT30M' };
}

function parseAge(text: string) {
  const ms = parseDurationMs(text) ?? 0;
  return ms > 0 ? ms : { rule: 'an ISO 8601 duration such as P1D, longer than nothing' };
}

function parseBytes(text: string) {
  const [, amount = '', unit = ''] = /^(\d{1,15})(Ki|Mi|Gi)?$/.exec(text) ?? [];
  const bytes = amount === '' ? 0 : Number(amount) * (unitBytes[unit] ?? 0);
  return bytes > 0 ? bytes : { rule: 'a size such as 65536, 64Mi or 1Gi' };
}
