import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SlowSubscriber {
  readonly port: number;
  /** Of the events that were answered. */
  readonly ids: readonly string[];
  /** Requests that were ever open at once. */
  maxOpenCount(): number;
  close(): Promise<void>;
}

/** Answers 200 after a while, and counts how many wait for that at once. */
export async function startSlowSubscriber(delayMs: number): Promise<SlowSubscriber> {
  const ids: string[] = [];
  let openCount = 0;
  let maxOpenCount = 0;
  const server = createServer((request, response) => {
    openCount += 1;
    maxOpenCount = Math.max(maxOpenCount, openCount);
    request.resume();
    setTimeout(() => {
      openCount -= 1;
      ids.push(String(request.headers['ce-id']));
      response.writeHead(200).end();
    }, delayMs);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    ids,
    maxOpenCount: () => maxOpenCount,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
