import type { Broker } from '@jetmesh/eventing-api';

/** A Broker as a target of events: reachable at an address, or known to have none. */
export type BrokerRoute =
  AddressedBroker | { readonly kind: 'unaddressed'; readonly key: string; readonly reason: string };

export interface AddressedBroker {
  readonly kind: 'addressed';
  readonly key: string;
  readonly address: BrokerAddress;
}

/** `origin` and `path` of `status.address.url`, taken apart once and not per event. */
interface BrokerAddress {
  readonly origin: string;
  readonly path: string;
}

export function brokerRoute(key: string, broker: Broker | undefined): BrokerRoute {
  const unaddressed = (reason: string): BrokerRoute => ({ kind: 'unaddressed', key, reason });
  if (broker === undefined) return unaddressed(`Broker "${key}" does not exist`);
  const url = broker.status?.address?.url;
  if (url === undefined) return unaddressed(`Broker "${key}" has no address yet`);
  const address = parseAddress(url);
  if (address === undefined) return unaddressed(`Broker "${key}" has a bad address "${url}"`);
  return { kind: 'addressed', key, address };
}

function parseAddress(url: string): BrokerAddress | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, origin, pathname, search } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return undefined;
  return { origin, path: `${pathname}${search}` };
}
