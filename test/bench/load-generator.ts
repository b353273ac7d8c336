import { connect, type Socket } from 'node:net';
import { LatencyHistogram } from './latency-histogram.ts';
import { nowMs } from './now-ms.ts';

/** What the bench asks a load generator to do; its answer is a `LoadReport`. */
export interface LoadOrder {
  readonly port: number;
  readonly path: string;
  readonly type: string;
  /** Above 0 the events take types in turn: `<type>.0`, `<type>.1` … */
  readonly typeCount: number;
  readonly connections: number;
  readonly count: number;
  /** Events per second over all connections; 0 sends the next as soon as the last is answered. */
  readonly rate: number;
}

export interface LoadReport {
  readonly accepted: number;
  readonly other: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
}

const body = Buffer.alloc(1024, 'x');

process.on('message', (order: LoadOrder) => {
  void run(order).then((report) => process.send?.(report));
});
process.on('disconnect', () => process.exit(0));

async function run(order: LoadOrder): Promise<LoadReport> {
  const latencies = new LatencyHistogram();
  const startedAt = performance.now();
  let sent = 0;
  let accepted = 0;
  const senders = Array.from({ length: order.connections }, async () => {
    const connection = await openConnection(order.port);
    while (sent < order.count) {
      const index = sent++;
      await untilTurn(order.rate, index, startedAt);
      const sentAtMs = nowMs();
      const code = await connection.post(order, index, sentAtMs);
      latencies.record(nowMs() - sentAtMs);
      if (code === 202 || code === 200) accepted += 1;
    }
    connection.close();
  });
  await Promise.all(senders);
  return {
    accepted,
    other: latencies.count - accepted,
    seconds: (performance.now() - startedAt) / 1000,
    p50: latencies.percentile(0.5),
    p99: latencies.percentile(0.99),
  };
}

function typeOf({ type, typeCount }: LoadOrder, index: number): string {
  return typeCount === 0 ? type : `${type}.${index % typeCount}`;
}

async function untilTurn(rate: number, index: number, startedAt: number): Promise<void> {
  if (rate === 0) return;
  const waitMs = startedAt + (index * 1000) / rate - performance.now();
  if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
}

/** One keep-alive HTTP/1.1 connection without a client library, so that the load costs little beside what it measures. */
async function openConnection(port: number) {
  const socket: Socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  let answered: (code: number) => void = () => undefined;
  // Answers of ingress and bare server have no body worth a parser: the head tells the code and ends the exchange.
  socket.on('data', (chunk: Buffer) => answered(Number(chunk.toString('latin1', 9, 12))));
  socket.on('error', () => answered(0));
  return {
    post(order: LoadOrder, index: number, sentAtMs: number): Promise<number> {
      const head =
        `POST ${order.path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/octet-stream\r\n` +
        `Content-Length: ${body.length}\r\nce-specversion: 1.0\r\nce-id: ${index}\r\nce-source: /bench\r\n` +
        `ce-type: ${typeOf(order, index)}\r\nce-sentatms: ${sentAtMs}\r\n\r\n`;
      socket.write(Buffer.concat([Buffer.from(head, 'latin1'), body]));
      return new Promise((resolve) => (answered = resolve));
    },
    close: () => socket.destroy(),
  };
}
