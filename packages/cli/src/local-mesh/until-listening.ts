import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { NotReadyError, type Patience } from './until-ready.ts';

/** Waits until something accepts connections on a port of loopback. */
export async function untilListening(
  name: string,
  port: number,
  { timeoutMs, signal }: Patience,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (await accepts(port)) return;
    await delay(25, undefined, { signal });
  }
  throw new NotReadyError(`${name} does not listen on port ${port} after ${timeoutMs} ms`);
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(1_000) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
