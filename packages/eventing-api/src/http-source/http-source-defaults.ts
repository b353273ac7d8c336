import type { EndpointPaths, HttpSource } from './http-source.ts';

const defaultEndpointPaths: EndpointPaths = { legacy: 'bus', events: 'mesh', publish: 'bus' };

/** The path of every endpoint, defaults filled in: legacy and publish on the bus, events on the mesh. */
export function endpointPathsOf(source: HttpSource): EndpointPaths {
  const { legacy, events, publish } = { ...defaultEndpointPaths, ...source.spec.endpoints };
  return { legacy, events, publish };
}
