/** What became of an event: stored by every Broker that it was for, or the failure that says most about why not. */
export type ForwardOutcome = { readonly kind: 'stored' } | ForwardFailure;

export interface ForwardFailure {
  readonly kind: ForwardFailureKind;
  /** What happened, for logs and for answers that name a cause. */
  readonly detail: string;
  /** The Broker's own `Retry-After`. */
  readonly retryAfter?: string;
}

/**
 * - `too-large`, `full`, `unavailable`: the Broker answered 413, 507, 503;
 * - `no-broker`: there is no such Broker, or no address of it yet;
 * - `unreachable`: no connection, or it broke before the answer;
 * - `deadline`: no answer in time;
 * - `refused`: any other answer that is not 2xx.
 */
export type ForwardFailureKind = (typeof forwardFailureKinds)[number];

/**
 * The first of these that occurred speaks for all: what a repetition can cure leads, because a sender that gives up
 * loses what could still be stored.
 */
export const forwardFailureKinds = [
  'full',
  'unavailable',
  'no-broker',
  'unreachable',
  'deadline',
  'refused',
  'too-large',
] as const;

const stored: ForwardOutcome = { kind: 'stored' };

/** One outcome for all: stored only when all were. */
export function combinedOutcome(outcomes: readonly ForwardOutcome[]): ForwardOutcome {
  const failures = outcomes.filter((outcome) => outcome.kind !== 'stored');
  const severity = ({ kind }: ForwardFailure) => forwardFailureKinds.indexOf(kind);
  failures.sort((a, b) => severity(a) - severity(b));
  return failures[0] ?? stored;
}

/** Whether the same event may be stored when it is sent again. */
export function isWorthRepeating({ kind }: ForwardFailure): boolean {
  return kind !== 'refused' && kind !== 'too-large';
}

/** What a Broker's answer says about an event. */
export function outcomeOfAnswer(
  brokerKey: string,
  status: number,
  retryAfter: string | undefined,
): ForwardOutcome {
  if (status >= 200 && status < 300) return stored;
  const detail = `Broker "${brokerKey}" answered ${status}`;
  return {
    kind: failureKind(status),
    detail,
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

function failureKind(status: number): ForwardFailureKind {
  switch (status) {
    case 404:
      return 'no-broker';
    case 413:
      return 'too-large';
    case 503:
      return 'unavailable';
    case 507:
      return 'full';
    default:
      return 'refused';
  }
}
