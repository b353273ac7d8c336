import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { choosePort } from './choose-port.ts';

describe('choosePort', () => {
  it('takes another port when the wanted one is taken', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const chosen = await choosePort(port);
    server.close();
    expect(chosen).not.toBe(port);
  });

  it('chooses any port below those that the system gives away', async () => {
    const chosen = await choosePort(0);
    expect(chosen).toBeGreaterThanOrEqual(20_000);
    expect(chosen).toBeLessThan(32_000);
  });
});
