import type { Answer } from './answer.ts';

/** One of the adapter's doors for events or questions about them. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  /** Longest body; a longer one is answered with `tooLarge`. */
  readonly maxBodyBytes: number;
  readonly tooLarge: Answer;
  handle(request: EndpointRequest): Promise<Answer> | Answer;
}

export interface EndpointRequest {
  /** From the path; the empty text for an endpoint whose path names none. */
  readonly application: string;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}
