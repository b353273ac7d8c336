import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A subscriber that knows how many requests are open. */
export interface RequestGauge {
  readonly url: string;
  readonly open: number;
  readonly peak: number;
  /** When each request came, in milliseconds. */
  readonly starts: readonly number[];
  close(): void;
}

export interface GaugeOptions {
  readonly answerMs: number;
  /** Of a request, by how many there have been with it. */
  readonly code?: (total: number) => number;
}

export async function startRequestGauge({
  answerMs,
  code = () => 200,
}: GaugeOptions): Promise<RequestGauge> {
  const starts: number[] = [];
  let [open, peak] = [0, 0];
  const server = createServer((request, response) => {
    request.resume();
    open += 1;
    peak = Math.max(peak, open);
    starts.push(performance.now());
    const status = code(starts.length);
    response.on('close', () => (open -= 1));
    setTimeout(() => response.writeHead(status).end(), answerMs);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    get open() {
      return open;
    },
    get peak() {
      return peak;
    },
    starts,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The longest time between two requests. */
export function longestGapMs({ starts }: Pick<RequestGauge, 'starts'>): number {
  return Math.max(...starts.slice(1).map((at, index) => at - (starts[index] ?? at)));
}
