import {
  endpointSliceKind,
  serviceKind,
  type EndpointSlice,
  type Service,
} from '@jetmesh/eventing-api';
import type { KubeClient } from '../client/kube-client.ts';
import type { Logger } from '../logger.ts';
import { Reflector } from '../reflector/reflector.ts';
import { localAddress, type HostAndPort } from './local-address.ts';
import { serviceOfHost } from './service-of-host.ts';

const byService = 'service';

/** Host names of Services to addresses of this machine: what DNS and kube-proxy do in a cluster. For local mode only. */
export class ServiceDirectory {
  readonly #services: Reflector<Service>;
  readonly #slices: Reflector<EndpointSlice>;

  constructor(options: { client: KubeClient; logger: Logger }) {
    this.#services = new Reflector({ ...options, kind: serviceKind });
    this.#slices = new Reflector({ ...options, kind: endpointSliceKind });
    this.#slices.store.addIndex(byService, ({ metadata: { namespace = '', labels } }) => [
      `${namespace}/${labels?.['kubernetes.io/service-name'] ?? ''}`,
    ]);
  }

  start(signal: AbortSignal): void {
    this.#services.start(signal);
    this.#slices.start(signal);
  }

  async whenSynced(): Promise<void> {
    await Promise.all([this.#services.whenSynced(), this.#slices.whenSynced()]);
  }

  /** Undefined when the host is no Service's, or the Service has nowhere to go. */
  lookUp(host: string, port: number): HostAndPort | undefined {
    const named = serviceOfHost(host);
    if (named === undefined) return undefined;
    const key = `${named.namespace}/${named.name}`;
    const service = this.#services.store.get(key);
    if (service === undefined) return undefined;
    return localAddress(service, this.#slices.store.listBy(byService, key), port);
  }
}
