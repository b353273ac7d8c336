import { carriedHeaders, decodeEvents, isEventMessage } from '@jetmesh/cloudevents-http';
import type { Attempt } from './attempt.ts';
import { errorDataBytes } from './dead-letter-event.ts';
import type { Outcome } from './outcome.ts';
import { retryAfterMs } from './retry-after.ts';

/** What a subscriber's answer may mean beyond its status code. */
export interface AnswerRules {
  /** The URI that was called, as `knativeerrordest` names it. */
  readonly destination: string;
  /** False where bodies are ignored: dead letter sinks and Kyma profiles. */
  readonly acceptsReplies: boolean;
  /** A non-empty body that is no event fails the delivery (the reference's behaviour, knative.md §3.4). */
  readonly isStrict: boolean;
  readonly maxReplyBytes: number;
}

type Answer = Extract<Attempt, { kind: 'answered' }>;

/** Client errors that another attempt may cure (knative/specs DP-7). */
const retryableClientErrors: ReadonlySet<number> = new Set([404, 408, 409, 429]);
/** Codes whose Retry-After counts. */
const askingForPatience: ReadonlySet<number> = new Set([429, 503]);
/** The code of an unusable answer to a successful request, as the reference reports it. */
const unusableAnswer = 502;
const noAnswer = 500;

/** Says what one attempt amounts to: the code table of knative.md §1.8 and the reply rules of §1.5. */
export function classifyAttempt(attempt: Attempt, rules: AnswerRules, nowMs: number): Outcome {
  if (attempt.kind === 'unanswered') {
    const data = Buffer.from(`dispatch error: ${attempt.detail}`);
    const failure = { destination: rules.destination, code: noAnswer, data };
    return { kind: 'retryable', failure, retryAfterMs: undefined };
  }
  const isSuccess = attempt.status >= 200 && attempt.status < 300;
  return isSuccess ? classifySuccess(attempt, rules) : classifyFailure(attempt, rules, nowMs);
}

function classifySuccess(answer: Answer, rules: AnswerRules): Outcome {
  if (mayReply(answer.status, rules)) {
    if (isEventMessage(answer.headers)) return readReply(answer, rules);
    if (rules.isStrict && answer.body.length > 0) return unusable(answer.body, rules);
  }
  return { kind: 'delivered', hasIgnoredBody: answer.isBodyCut || answer.body.length > 0 };
}

/** A 202 never carries a reply (DP-16). */
function mayReply(status: number, rules: AnswerRules): boolean {
  return rules.acceptsReplies && status >= 200 && status < 300 && status !== 202;
}

/** How many bytes of a body `classifyAttempt` needs: all of a reply, else what tells of an error. */
export function neededBodyBytes(
  status: number,
  headers: readonly string[],
  rules: AnswerRules,
): number {
  const isReply = mayReply(status, rules) && isEventMessage(headers);
  return isReply ? rules.maxReplyBytes : errorDataBytes;
}

function readReply(answer: Answer, rules: AnswerRules): Outcome {
  if (answer.isBodyCut) return tooLarge(rules);
  const decoded = decodeEvents(answer.headers, answer.body);
  if (decoded.kind === 'refused') {
    return unusable(Buffer.from(`invalid reply: ${decoded.field}: ${decoded.rule}`), rules);
  }
  const [reply, ...others] = decoded.events;
  if (reply === undefined || others.length > 0) {
    return unusable(Buffer.from('invalid reply: not exactly one event'), rules);
  }
  return {
    kind: 'delivered-with-reply',
    reply,
    carriedHeaders: carriedHeaders(answer.headers),
  };
}

/** As the Broker's address would refuse it; asking again would only repeat the subscriber's work. */
function tooLarge({ destination, maxReplyBytes }: AnswerRules): Outcome {
  const data = Buffer.from(`the reply exceeds ${maxReplyBytes} bytes`);
  return { kind: 'rejected', failure: { destination, code: 413, data } };
}

function unusable(data: Buffer, rules: AnswerRules): Outcome {
  const failure = { destination: rules.destination, code: unusableAnswer, data };
  return { kind: 'retryable', failure, retryAfterMs: undefined };
}

function classifyFailure(answer: Answer, rules: AnswerRules, nowMs: number): Outcome {
  const failure = { destination: rules.destination, code: answer.status, data: answer.body };
  if (!isRetryable(answer.status)) return { kind: 'rejected', failure };
  const isPatienceAsked = askingForPatience.has(answer.status);
  const waitMs = isPatienceAsked ? retryAfterMs(answer.headers, nowMs) : undefined;
  return { kind: 'retryable', failure, retryAfterMs: waitMs };
}

/** Codes outside the table (600 and more) are tried again as well. */
function isRetryable(status: number): boolean {
  return status >= 500 || retryableClientErrors.has(status);
}
