/** The parked events of one Trigger. */
export interface DeadLetterCount {
  readonly count: number;
  /** Undefined for none. */
  readonly oldestParkedAtMs: number | undefined;
}

/** A status that counts along with a failing subscriber would be written for every event. */
const tellEveryMs = 60_000;

/** Whether a Trigger's status is to say another number: at once between none and some, else now and then. */
export function isWorthTelling(
  told: DeadLetterCount,
  found: DeadLetterCount,
  sinceToldMs: number,
): boolean {
  const isSame = told.count === found.count && told.oldestParkedAtMs === found.oldestParkedAtMs;
  if (isSame) return false;
  return (told.count === 0) !== (found.count === 0) || sinceToldMs >= tellEveryMs;
}
