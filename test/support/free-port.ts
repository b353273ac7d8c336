import { choosePort } from '@jetmesh/cli';

/** A TCP port of loopback that nobody listens on, and that the system gives to nobody else. */
export function freePort(): Promise<number> {
  return choosePort(0);
}
