import type { Dispatcher } from 'undici';

/** One API server: where it is, how to reach it, and what to send with each request to be let in. */
export interface ApiConnection {
  readonly server: string;
  readonly dispatcher: Dispatcher;
  /** Asked for each request: tokens expire, and files with credentials are rotated. */
  authorization(): Promise<Record<string, string>>;
  close(): Promise<void>;
}
