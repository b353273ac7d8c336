import { jetmeshAnnotations } from '../jetmesh-annotations.ts';
import type { Trigger } from './trigger.ts';

/**
 * What the trigger controller tells the dispatchers when a Trigger holds more of a stream than its share: what it has
 * not settled up to this sequence is parked without another attempt. The stream is named because sequences of another
 * one mean something else.
 */
export function parkUpToText(stream: string, sequence: number): string {
  return `${stream}/${sequence}`;
}

/** 0 when nothing of that stream is to be parked. */
export function parkUpToOf({ status }: Pick<Trigger, 'status'>, stream: string): number {
  const text = status?.annotations?.[jetmeshAnnotations.parkUpTo] ?? '';
  const [named, digits = ''] = text.split('/');
  return named === stream && /^\d{1,15}$/.test(digits) ? Number(digits) : 0;
}
