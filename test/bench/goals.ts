/** What is asked of a ratio (`goal`), and what already fails the bench's guard (`limit`). */
export interface Goal {
  readonly name: string;
  readonly ratio: number;
  /** What the ratio is to. */
  readonly measure: string;
  readonly goal: number;
  readonly limit: number;
}

/** One printed line a goal: the ratio, the goal, and whether it is met. */
export function goalLine({ name, ratio, measure, goal, limit }: Goal): string {
  const verdict = ratio <= goal ? 'met' : ratio <= limit ? 'goal missed' : 'OVER ITS LIMIT';
  return `${name.padEnd(48)} ${ratio.toFixed(2).padStart(6)} × ${measure}, goal ${goal}: ${verdict}`;
}

export function isOverLimit({ ratio, limit }: Goal): boolean {
  return ratio > limit;
}
