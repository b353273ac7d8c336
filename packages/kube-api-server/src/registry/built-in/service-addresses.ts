import { jsonEqual } from '../../json/json-equal.ts';
import {
  listOr,
  objectOr,
  withoutFields,
  type JsonObject,
  type JsonValue,
} from '../../json/json-value.ts';
import type { KubeObject } from '../../object/kube-object.ts';

/**
 * Addresses and node ports as a cluster would allocate them, so that Services read as they do there. Nothing listens on
 * them: on one machine a Service is reached through its ports and EndpointSlices.
 */
export function withAddresses(
  service: KubeObject,
  previous: KubeObject | undefined,
  peers: () => readonly KubeObject[],
): KubeObject {
  const spec = objectOr(service.spec);
  if (spec.type === 'ExternalName') return service;
  const before = objectOr(previous?.spec);
  const clusterIP = wanted(spec.clusterIP) ?? wanted(before.clusterIP) ?? freeAddress(peers());
  const ports = hasNodePorts(spec)
    ? withNodePorts(listOr(spec.ports), listOr(before.ports), peers())
    : spec.ports;
  const decided: JsonObject = {
    ...spec,
    ...(ports === undefined ? {} : { ports }),
    clusterIP,
    clusterIPs: [clusterIP],
    ipFamilies: spec.ipFamilies ?? ['IPv4'],
    ipFamilyPolicy: spec.ipFamilyPolicy ?? 'SingleStack',
  };
  return { ...service, spec: decided };
}

/** Without what was allocated for the type that a Service no longer has, where the client did not change it. */
export function withoutForeignFields(next: KubeObject, previous: KubeObject): KubeObject {
  const spec = objectOr(next.spec);
  const before = objectOr(previous.spec);
  if (spec.type === before.type) return next;
  const foreign = [
    ...(spec.type === 'ExternalName' ? addressFields : []),
    ...(hasNodePorts(spec) ? [] : ['externalTrafficPolicy']),
  ].filter((field) => jsonEqual(spec[field], before[field]));
  const kept = withoutFields(spec, ...foreign);
  if (hasNodePorts(spec) || !hasNodePorts(before) || kept.ports === undefined) {
    return { ...next, spec: kept };
  }
  const ports = listOr(kept.ports).map((port) => withoutFields(objectOr(port), 'nodePort'));
  return { ...next, spec: { ...kept, ports } };
}

const addressFields = [
  'clusterIP',
  'clusterIPs',
  'ipFamilies',
  'ipFamilyPolicy',
  'internalTrafficPolicy',
];

function wanted(address: JsonValue | undefined): string | undefined {
  return typeof address === 'string' && address !== '' ? address : undefined;
}

export function hasNodePorts({ type }: JsonObject): boolean {
  return type === 'NodePort' || type === 'LoadBalancer';
}

/** The first address of 10.96.0.0/16 from .0.10 on that no Service has. */
function freeAddress(services: readonly KubeObject[]): string {
  const taken = new Set(services.map(({ spec }) => objectOr(spec).clusterIP));
  for (let host = 10; ; host += 1) {
    const address = `10.96.${Math.floor(host / 256)}.${host % 256}`;
    if (!taken.has(address)) return address;
  }
}

const firstNodePort = 30_000;

function withNodePorts(
  ports: readonly JsonValue[],
  before: readonly JsonValue[],
  services: readonly KubeObject[],
): JsonValue[] {
  const taken = new Set(
    services.flatMap(({ spec }) =>
      listOr(objectOr(spec).ports).map((port) => objectOr(port).nodePort),
    ),
  );
  let next = firstNodePort;
  return ports.map((each, at) => {
    const port = objectOr(each);
    const known = port.nodePort ?? objectOr(before[at]).nodePort;
    if (known !== undefined) return { ...port, nodePort: known };
    while (taken.has(next)) next += 1;
    next += 1;
    return { ...port, nodePort: next - 1 };
  });
}
