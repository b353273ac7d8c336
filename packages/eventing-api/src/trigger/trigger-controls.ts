import type { AnnotationProblem } from '../annotations/annotation-problem.ts';
import { jetmeshAnnotations } from '../jetmesh-annotations.ts';
import { triggerBoundsOf } from './trigger-bounds.ts';
import type { Trigger } from './trigger.ts';

/** How a Trigger's annotations steer its delivery. */
export interface TriggerControls {
  /** Undefined leaves it to each dispatcher. */
  readonly maxInFlight: number | undefined;
  readonly order: DeliveryOrder;
  readonly rateLimit: RateLimit | undefined;
  readonly isPaused: boolean;
  readonly startFrom: StartFrom;
}

export type DeliveryOrder =
  | { readonly kind: 'unordered' }
  | { readonly kind: 'ordered' }
  /** Events without the attribute have no order. */
  | { readonly kind: 'by-key'; readonly attribute: string };

/** At most `count` attempts begin in any `perMs`. */
export interface RateLimit {
  readonly count: number;
  readonly perMs: number;
}

/** Where the consumer of a new Trigger starts; all but `new` need a Broker that keeps events. */
export type StartFrom =
  | { readonly kind: 'new' }
  | { readonly kind: 'beginning' }
  | { readonly kind: 'time'; readonly time: Date }
  | { readonly kind: 'sequence'; readonly sequence: number };

export type TriggerControlsReading =
  | { readonly kind: 'valid'; readonly controls: TriggerControls }
  | { readonly kind: 'invalid'; readonly problems: readonly AnnotationProblem[] };

type Annotations = Readonly<Record<string, string>>;

/** More requests than this are never open at one subscriber. */
const highestMaxInFlight = 10_000;
const defaultOrderKey = 'partitionkey';

const unordered: DeliveryOrder = { kind: 'unordered' };
const fromNew: StartFrom = { kind: 'new' };

/** Reads and checks what a Trigger's annotations say; one that is wrong makes all of them invalid. */
export function triggerControls({ metadata }: Pick<Trigger, 'metadata'>): TriggerControlsReading {
  const annotations = metadata.annotations ?? {};
  const wrong = rules.flatMap(({ annotation, isValid, rule }) => {
    const value = annotations[annotation];
    if (value === undefined || isValid(value)) return [];
    return [{ annotation, rule: `${rule}, not "${value}"` }];
  });
  const problems = [...wrong, ...triggerBoundsOf(annotations).problems];
  if (problems.length > 0) return { kind: 'invalid', problems };
  const { maxInFlight, rateLimit, paused, startFrom } = jetmeshAnnotations;
  const controls = {
    maxInFlight: readWith(annotations[maxInFlight], maxInFlightOf),
    order: orderOf(annotations),
    rateLimit: readWith(annotations[rateLimit], rateLimitOf),
    isPaused: annotations[paused] === 'true',
    startFrom: readWith(annotations[startFrom], startFromOf) ?? fromNew,
  };
  return { kind: 'valid', controls };
}

/** Whether only one dispatcher at a time may deliver: what it promises holds over all of them. */
export function isExclusive({ maxInFlight, order, rateLimit }: TriggerControls): boolean {
  return maxInFlight !== undefined || order.kind !== 'unordered' || rateLimit !== undefined;
}

const rules = [
  {
    annotation: jetmeshAnnotations.maxInFlight,
    isValid: (value: string) => maxInFlightOf(value) !== undefined,
    rule: 'must be a whole number from 1',
  },
  {
    annotation: jetmeshAnnotations.deliveryOrder,
    isValid: oneOf('unordered', 'ordered', 'by-key'),
    rule: 'must be unordered, ordered or by-key',
  },
  {
    annotation: jetmeshAnnotations.orderKey,
    isValid: (value: string) => /^[a-z0-9]+$/.test(value),
    rule: 'must be the name of an attribute: lower-case letters and digits',
  },
  {
    annotation: jetmeshAnnotations.rateLimit,
    isValid: (value: string) => rateLimitOf(value) !== undefined,
    rule: 'must be a number of attempts and a time, as 100/s, 30/m or 5000/h',
  },
  {
    annotation: jetmeshAnnotations.paused,
    isValid: oneOf('true', 'false'),
    rule: 'must be true or false',
  },
  {
    annotation: jetmeshAnnotations.startFrom,
    isValid: (value: string) => startFromOf(value) !== undefined,
    rule: 'must be new, beginning, an RFC 3339 time or sequence:<number>',
  },
  {
    annotation: jetmeshAnnotations.strictReplies,
    isValid: oneOf('true', 'false'),
    rule: 'must be true or false',
  },
  {
    annotation: jetmeshAnnotations.deliveryProfile,
    isValid: oneOf('cloudevents', 'kyma-legacy', 'kyma-exact', 'kyma-standard'),
    rule: 'must be cloudevents, kyma-legacy, kyma-exact or kyma-standard',
  },
] as const;

function oneOf(...values: readonly string[]): (value: string) => boolean {
  return (value) => values.includes(value);
}

function readWith<T>(value: string | undefined, read: (value: string) => T): T | undefined {
  return value === undefined ? undefined : read(value);
}

function maxInFlightOf(value: string): number | undefined {
  if (!/^[1-9]\d{0,14}$/.test(value)) return undefined;
  return Math.min(Number(value), highestMaxInFlight);
}

function orderOf(annotations: Annotations): DeliveryOrder {
  switch (annotations[jetmeshAnnotations.deliveryOrder]) {
    case 'ordered':
      return { kind: 'ordered' };
    case 'by-key':
      return {
        kind: 'by-key',
        attribute: annotations[jetmeshAnnotations.orderKey] ?? defaultOrderKey,
      };
    default:
      return unordered;
  }
}

const perMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

function rateLimitOf(value: string): RateLimit | undefined {
  const [, count, unit = ''] = /^([1-9]\d{0,8})\/([smh])$/.exec(value) ?? [];
  const time = perMs[unit];
  return time === undefined ? undefined : { count: Number(count), perMs: time };
}

const rfc3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

function startFromOf(value: string): StartFrom | undefined {
  if (value === 'new' || value === 'beginning') return { kind: value };
  const sequence = /^sequence:([1-9]\d{0,14})$/.exec(value)?.[1];
  if (sequence !== undefined) return { kind: 'sequence', sequence: Number(sequence) };
  const time = new Date(rfc3339.test(value) ? value : Number.NaN);
  return Number.isNaN(time.getTime()) ? undefined : { kind: 'time', time };
}
