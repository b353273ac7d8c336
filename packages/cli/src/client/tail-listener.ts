import { decodeEvents, type CloudEvent } from '@jetmesh/cloudevents-http';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens on loopback and prints each event that is delivered there on one line. */
export async function startTailListener(
  print: (line: string) => void,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const decoded = decodeEvents(request.rawHeaders, body);
      if (decoded.kind === 'decoded') decoded.events.forEach((event) => print(lineOf(event)));
      response.writeHead(202).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function lineOf({ attributes, data }: CloudEvent): string {
  const known = ['type', 'source', 'id'].map((name) => attributes.get(name) ?? '');
  const others = [...attributes]
    .filter(([name]) => !['type', 'source', 'id', 'specversion'].includes(name))
    .map(([name, value]) => `${name}=${value}`);
  return [...known, ...others, data?.toString('utf8') ?? ''].join('  ');
}
