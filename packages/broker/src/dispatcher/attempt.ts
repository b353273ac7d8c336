/** What came back from one HTTP request: an answer whose head and (kept part of the) body were read, or none. */
export type Attempt =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: readonly string[];
      readonly body: Buffer;
      /** The body went on after what is kept here. */
      readonly isBodyCut: boolean;
    }
  | {
      readonly kind: 'unanswered';
      readonly reason: 'timeout' | 'connection';
      readonly detail: string;
    };
