import { Client, type Dispatcher } from 'undici';

/** Options of a request that learn, when it gets its connection, whether that one has already carried others. */
export interface TrackedDispatchOptions extends Dispatcher.DispatchOptions {
  isOnKeptConnection: boolean;
}

/**
 * One connection. A server may close a kept connection just when the next request is on its way; only a request that
 * knows that it was on such a connection may be repeated without being an attempt of its own.
 */
export class KeptConnectionClient extends Client {
  #requestCount = 0;

  constructor(origin: string | URL, options: Client.Options) {
    super(origin, options);
    this.on('disconnect', () => {
      this.#requestCount = 0;
    });
  }

  override dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): boolean {
    (options as TrackedDispatchOptions).isOnKeptConnection = this.#requestCount > 0;
    this.#requestCount += 1;
    return super.dispatch(options, handler);
  }
}
