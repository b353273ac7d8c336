import { Client, type Dispatcher } from 'undici';

/** Options of a request that learn, when it gets its connection, whether that one has already carried others. */
export interface TrackedDispatchOptions extends Dispatcher.DispatchOptions {
  isOnKeptConnection: boolean;
}

/**
 * One connection, opened for a request: a request that finds it open is not its first. A server may close a kept
 * connection just when the next request is on its way; only such a request may be sent again without being another attempt.
 */
export class KeptConnectionClient extends Client {
  #isConnected = false;

  constructor(origin: string | URL, options: Client.Options) {
    super(origin, options);
    this.on('connect', () => {
      this.#isConnected = true;
    });
    this.on('disconnect', () => {
      this.#isConnected = false;
    });
  }

  override dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): boolean {
    (options as TrackedDispatchOptions).isOnKeptConnection = this.#isConnected;
    return super.dispatch(options, handler);
  }
}
