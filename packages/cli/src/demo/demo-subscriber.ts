import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** One request that the subscriber received. */
export interface Delivery {
  readonly subscriber: string;
  readonly id: string;
  readonly type: string;
  readonly receivedAt: number;
}

export interface DemoSubscriber {
  readonly port: number;
  close(): Promise<void>;
}

/** A subscriber on loopback that accepts everything; the last segment of the path tells which subscriber is meant. */
export async function startDemoSubscriber(
  onDelivery: (delivery: Delivery) => void,
): Promise<DemoSubscriber> {
  const server = createServer((request, response) => {
    const header = (name: string) => String(request.headers[name] ?? '');
    request.resume();
    request.on('end', () => {
      response.writeHead(200).end();
      onDelivery({
        subscriber: (request.url ?? '/').slice(1),
        id: header('ce-id') || header('kyma-event-id'),
        type: header('ce-type') || header('kyma-event-type'),
        receivedAt: Date.now(),
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
