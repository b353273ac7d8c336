import type { EndpointSlice, Service, ServicePort } from '@jetmesh/eventing-api';

export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

/** Where a port of a Service is on this machine: an ExternalName's target port, else a ready endpoint of its slices. */
export function localAddress(
  service: Service,
  slices: readonly EndpointSlice[],
  port: number,
): HostAndPort | undefined {
  const servicePort = service.spec?.ports?.find((one) => one.port === port);
  if (service.spec?.type === 'ExternalName') {
    const { externalName } = service.spec;
    if (externalName === undefined) return undefined;
    return { host: externalName, port: targetNumber(servicePort) ?? port };
  }
  return servicePort === undefined ? undefined : endpointAddress(slices, servicePort);
}

function endpointAddress(
  slices: readonly EndpointSlice[],
  servicePort: ServicePort,
): HostAndPort | undefined {
  for (const { endpoints = [], ports = [] } of slices) {
    const host = endpoints.find(({ conditions }) => conditions?.ready !== false)?.addresses[0];
    const named = ports.find(({ name }) => (name ?? '') === (servicePort.name ?? ''));
    const port = named?.port ?? targetNumber(servicePort);
    if (host !== undefined && port !== undefined) return { host, port };
  }
  return undefined;
}

function targetNumber(port: ServicePort | undefined): number | undefined {
  return typeof port?.targetPort === 'number' ? port.targetPort : undefined;
}
