/** How a publish ended. Only `stored` is a promise of the server; after `unavailable` the message may be stored. */
export type PublishOutcome =
  | {
      readonly kind: 'stored';
      readonly stream: string;
      readonly sequence: number;
      readonly isDuplicate: boolean;
    }
  | { readonly kind: 'stream-full' }
  | { readonly kind: 'too-large'; readonly limitBytes: number }
  | { readonly kind: 'no-stream' }
  | { readonly kind: 'refused'; readonly detail: string }
  | {
      readonly kind: 'unavailable';
      readonly reason: 'disconnected' | 'deadline' | 'overloaded';
    };
