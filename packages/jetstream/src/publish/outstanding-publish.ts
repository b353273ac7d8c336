import type { OutgoingMessage } from './outgoing-message.ts';
import type { PublishOutcome } from './publish-outcome.ts';

/** A publish whose outcome is not known yet. */
export interface OutstandingPublish {
  readonly message: OutgoingMessage;
  readonly headerBlock: Uint8Array;
  readonly sizeBytes: number;
  readonly deadlineAt: number;
  readonly resolve: (outcome: PublishOutcome) => void;
  /** When to send it (again) if nothing is heard; never while it waits in the queue of this turn. */
  resendAt: number;
  /** Whether the last sending was answered, by something that does not settle it. */
  isAnswered: boolean;
  /** What becomes of it at the deadline. */
  lastWord: PublishOutcome;
}
