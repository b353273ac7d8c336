import type { ConditionFinding } from '@jetmesh/eventing-api';

/** What is known of another program by probing it; `failureCount` counts those in a row. */
export type Health =
  | { readonly kind: 'not-probed' }
  | { readonly kind: 'unknown'; readonly failureCount: number }
  | { readonly kind: 'up'; readonly failureCount: number }
  | { readonly kind: 'down'; readonly message: string };

/** Of one probe: undefined when the program answered, else what happened instead. */
export type ProbeOutcome = string | undefined;

/** A single failure says nothing: a rolling restart and a lost packet are no outage. */
const failuresUntilDown = 10;

export function healthAfter(health: Health, outcome: ProbeOutcome): Health {
  if (outcome === undefined) return { kind: 'up', failureCount: 0 };
  switch (health.kind) {
    case 'not-probed':
      return health;
    case 'down':
      return { kind: 'down', message: outcome };
    case 'unknown':
    case 'up': {
      const failureCount = health.failureCount + 1;
      const isDown = failureCount >= failuresUntilDown;
      return isDown ? { kind: 'down', message: outcome } : { kind: health.kind, failureCount };
    }
  }
}

/** The condition for a program's health; before it is known, what was said last still holds. */
export function healthFinding(
  program: 'Ingress' | 'Dispatcher',
  health: Health,
  previous: ConditionFinding | undefined,
): ConditionFinding {
  switch (health.kind) {
    case 'not-probed':
      return { status: 'True', reason: 'NotProbed', message: 'No URL to probe is configured.' };
    case 'up':
      return { status: 'True' };
    case 'unknown': {
      const message = `The ${program.toLowerCase()} has not answered a probe yet.`;
      return previous ?? { status: 'Unknown', reason: `${program}NotSeen`, message };
    }
    case 'down':
      return { status: 'False', reason: `${program}Unavailable`, message: health.message };
  }
}
