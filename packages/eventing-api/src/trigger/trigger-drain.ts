/**
 * How a Trigger is emptied before it is deleted. Whoever wants that writes any text (a time) under `requested` on the
 * object; once every event stored until then is settled, the trigger controller repeats the text under `drained` in
 * `status.annotations`.
 */
export const triggerDrainAnnotations = {
  requested: 'jetmesh.dev/drain-requested',
  drained: 'jetmesh.dev/drained',
} as const;

const watched = 'switch ';

/** A request of somebody who only wants to know when the Trigger is empty: nothing is deleted after it. */
export function watchedDrain(now: Date): string {
  return `${watched}${now.toISOString()}`;
}

export function isWatchedDrain(request: string | undefined): boolean {
  return request?.startsWith(watched) ?? false;
}
