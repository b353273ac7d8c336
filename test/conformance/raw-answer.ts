import { once } from 'node:events';
import { connect } from 'node:net';
import { eventually } from '../support/eventually.ts';

/** Everything that the server behind `url` answers to these bytes until it is silent for a moment. */
export async function rawAnswer(url: string, bytes: (path: string) => string): Promise<string> {
  const { hostname, port, pathname } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  let text = '';
  let changedAtMs = performance.now();
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    changedAtMs = performance.now();
  });
  socket.on('error', () => undefined);
  socket.write(bytes(pathname));
  try {
    await eventually(() => text !== '' && performance.now() - changedAtMs > 200);
  } finally {
    socket.destroy();
  }
  return text;
}
