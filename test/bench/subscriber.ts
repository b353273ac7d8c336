import { createServer } from 'node:http';
import { listening } from './child-process-messages.ts';
import { LatencyHistogram } from './latency-histogram.ts';
import { nowMs } from './now-ms.ts';

/** A trivial subscriber: answers 200 after the milliseconds that its argument says, and on a message reports how many came since the last, and how late. */
const delayMs = Number(process.argv[2] ?? 0);
let latencies = new LatencyHistogram();

const server = createServer((request, response) => {
  const sentAtMs = Number(request.headers['ce-sentatms']);
  request.on('data', () => undefined);
  request.on('end', () => {
    latencies.record(nowMs() - sentAtMs);
    if (delayMs === 0) response.writeHead(200).end();
    else setTimeout(() => response.writeHead(200).end(), delayMs);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => listening(server));

process.on('message', (message: 'count' | 'reset') => {
  const { count } = latencies;
  process.send?.({ count, p50: latencies.percentile(0.5), p99: latencies.percentile(0.99) });
  if (message === 'reset') latencies = new LatencyHistogram();
});
