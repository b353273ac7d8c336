import type { JetStreamConnection } from '../connection/jetstream-connection.ts';
import { bufferOf } from '../wire/buffer-of.ts';
import type { ClientMessage } from '../wire/client-message.ts';

export interface UnstoredMessage {
  readonly subject: string;
  readonly text: string;
  /** To whoever asked; nothing when nobody did. */
  readonly respond: (text: string) => void;
}

/** Messages beside every stream: they reach who listens at this moment, and are lost otherwise. */
export class UnstoredMessages {
  readonly #connection: JetStreamConnection;

  constructor(connection: JetStreamConnection) {
    this.#connection = connection;
  }

  /** False when there is no connection: nothing is kept for later. */
  publish(subject: string, text: string): boolean {
    if (!this.#connection.isConnected) return false;
    this.#connection.port.publish(subject, Buffer.from(text));
    return true;
  }

  /** Of listeners with one group each message reaches one; the returned function ends it. */
  listen(
    subject: string,
    onMessage: (message: UnstoredMessage) => void,
    options: { readonly group?: string } = {},
  ): () => void {
    const subscription = this.#connection.port.subscribe(
      subject,
      (message) => onMessage(this.#read(message)),
      options,
    );
    return () => subscription.unsubscribe();
  }

  /** What everybody answers who listens there and is quick enough. */
  async ask(subject: string, text: string, waitMs: number): Promise<string[]> {
    const { port } = this.#connection;
    const answers: string[] = [];
    const inbox = port.newInbox();
    const stop = this.listen(inbox, (answer) => answers.push(answer.text));
    try {
      await port.flush();
      port.publish(subject, Buffer.from(text), inbox);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    } finally {
      stop();
    }
    // Without anybody who listens, the server says so with an empty message.
    return answers.filter((answer) => answer !== '');
  }

  #read({ _msg, _rdata }: ClientMessage): UnstoredMessage {
    const { subject, reply, hdr } = _msg;
    const respond = (text: string) => {
      const isAsked = reply !== undefined && reply.length > 0;
      if (isAsked) this.#connection.port.publish(latin1(reply), Buffer.from(text));
    };
    return {
      subject: latin1(subject),
      text: bufferOf(_rdata).subarray(Math.max(0, hdr)).toString(),
      respond,
    };
  }
}

function latin1(bytes: Uint8Array): string {
  return bufferOf(bytes).toString('latin1');
}
