import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Tells the bench on which port this child listens. */
export function listening(server: Server): void {
  process.send?.({ port: (server.address() as AddressInfo).port });
  process.on('disconnect', () => process.exit(0));
}
