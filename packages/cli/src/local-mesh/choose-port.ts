import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Ports below those that the system gives to outgoing connections and to listeners on port 0: one that is free now is
 * still free when the program that it is for has started.
 */
const lowestPort = 20_000;
const portCount = 12_000;
const mostTries = 100;

/** `wanted` when it is free on loopback, else a free port; 0 asks for any. */
export async function choosePort(
  wanted: number,
  random: () => number = Math.random,
): Promise<number> {
  if (wanted !== 0 && (await isFree(wanted))) return wanted;
  for (let tryCount = 0; tryCount < mostTries; tryCount++) {
    const port = lowestPort + Math.floor(random() * portCount);
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port found from ${lowestPort} to ${lowestPort + portCount}`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
