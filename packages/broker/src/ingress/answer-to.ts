import type { PublishOutcome } from '@jetmesh/jetstream';
import { type Answer, tooLarge, unavailable } from './answer.ts';

const accepted: Answer = { code: 202 };

/** The answer to a sender whose event was published so: 202 means stored, all but 413 invite to try again. */
export function answerTo(outcome: PublishOutcome): Answer {
  switch (outcome.kind) {
    case 'stored':
      return accepted;
    case 'stream-full':
      return { code: 507, body: { error: 'the stream of the Broker is full' } };
    case 'too-large':
      return tooLarge(outcome.limitBytes);
    case 'no-stream':
      return unavailable('the Broker has no stream yet');
    case 'refused':
      return unavailable(`JetStream refused the event: ${outcome.detail}`);
    case 'unavailable':
      return unavailable(unavailableReasons[outcome.reason]);
  }
}

const unavailableReasons = {
  disconnected: 'NATS is not connected',
  deadline: 'NATS did not confirm in time; the event may be stored',
  overloaded: 'too many events are waiting to be stored',
} as const;

/** The answer to a batch: 202 when all are stored, else the most serious answer and which events it is about. */
export function answerToBatch(outcomes: readonly PublishOutcome[]): Answer {
  const failures = outcomes
    .map((outcome, index) => ({ index, answer: answerTo(outcome) }))
    .filter(({ answer }) => answer.code !== accepted.code);
  const [first] = failures;
  if (first === undefined) return accepted;
  const worst = failures.reduce((a, b) => (severity(b.answer) > severity(a.answer) ? b : a), first);
  const error = `${failures.length} of ${outcomes.length} events were not stored`;
  const failed = failures.map(({ index, answer }) => ({
    index,
    code: answer.code,
    ...answer.body,
  }));
  return { ...worst.answer, body: { error, failed } };
}

/** A retryable failure outweighs one that no retry cures: a sender that gives up loses the events it could still send. */
function severity({ code }: Answer): number {
  return code >= 500 ? code : 0;
}
