import type { IncomingMessage } from 'node:http';

/** The bytes of unfinished bodies that all requests together may hold. */
export class BodyBudget {
  readonly #limitBytes: number;
  #heldBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** False, and nothing taken, when there is no room. */
  take(bytes: number): boolean {
    if (this.#heldBytes + bytes > this.#limitBytes) return false;
    this.#heldBytes += bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#heldBytes -= bytes;
  }
}

export type ReadBody =
  | { readonly kind: 'complete'; readonly body: Buffer }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'no-room' };

const emptyBody = Buffer.alloc(0);

/**
 * Collects a body and tells once what became of it; nothing is told when the sender goes away first. After anything
 * but `complete` the rest is read and dropped. A body in one chunk, the usual case, is neither copied nor budgeted.
 */
export function readBody(
  request: IncomingMessage,
  limitBytes: number,
  budget: BodyBudget,
  done: (read: ReadBody) => void,
): void {
  const chunks: Buffer[] = [];
  let totalBytes = 0;
  let takenBytes = 0;
  let isDone = false;
  const release = () => {
    budget.giveBack(takenBytes);
    takenBytes = 0;
  };
  const finish = (read: ReadBody) => {
    isDone = true;
    chunks.length = 0;
    release();
    done(read);
  };
  const takeRoom = () => {
    if (takenBytes === 0) request.once('close', release);
    if (budget.take(totalBytes - takenBytes)) takenBytes = totalBytes;
    else finish({ kind: 'no-room' });
  };
  request.on('data', (chunk: Buffer) => {
    if (isDone) return;
    totalBytes += chunk.length;
    if (totalBytes > limitBytes) finish({ kind: 'too-large' });
    else if (chunks.push(chunk) > 1) takeRoom();
  });
  request.on('end', () => {
    if (isDone) return;
    const [first = emptyBody] = chunks;
    finish({ kind: 'complete', body: chunks.length > 1 ? Buffer.concat(chunks) : first });
  });
}
