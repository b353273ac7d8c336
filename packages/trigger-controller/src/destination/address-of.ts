import type { Addressable, Destination, KubernetesObject } from '@jetmesh/eventing-api';

interface WithAddress extends KubernetesObject {
  status?: { address?: Addressable; addresses?: Addressable[] };
}

/** The address of a Service by its DNS name, or that in an Addressable's status; a sentence when it has none. */
export function addressOf(
  object: KubernetesObject,
  destination: Destination,
): (Addressable & { url: string }) | string {
  const { apiVersion, kind, metadata } = object;
  const title = `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
  if (apiVersion === 'v1' && kind === 'Service') {
    const scheme = destination.CACerts === undefined ? 'http' : 'https';
    const host = `${metadata.name}.${metadata.namespace ?? ''}.svc.cluster.local`;
    return { url: `${scheme}://${host}` };
  }
  const wanted = destination.ref?.address;
  const address = chosenAddress(object, wanted);
  if (address === undefined) {
    return wanted === undefined
      ? `address not set for ${title}`
      : `address "${wanted}" not found in addresses of ${title}`;
  }
  return withHost(address, title);
}

function chosenAddress(object: WithAddress, wanted: string | undefined): Addressable | undefined {
  const { address, addresses = [] } = object.status ?? {};
  if (wanted !== undefined) return addresses.find((candidate) => candidate.name === wanted);
  return addresses[0] ?? address;
}

function withHost(address: Addressable, title: string): (Addressable & { url: string }) | string {
  const { url } = address;
  if (url === undefined || url === '') return `URL missing in address of ${title}`;
  if (!URL.canParse(url) || new URL(url).host === '') {
    return `hostname missing in address of ${title}`;
  }
  return { ...address, url };
}
