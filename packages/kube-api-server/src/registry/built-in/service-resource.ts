import { listOr, objectOr, shown, textOr, type JsonObject } from '../../json/json-value.ts';
import type { KubeObject } from '../../object/kube-object.ts';
import {
  conditions,
  flag,
  int32,
  intOrText,
  listByKey,
  listOf,
  openObject,
  record,
  text,
  textMap,
} from '../../schema/schema-terms.ts';
import type { ResourceStrategy } from '../resource.ts';
import { builtInResource } from './built-in-resource.ts';
import { hasNodePorts, withAddresses, withoutForeignFields } from './service-addresses.ts';
import { column } from './columns.ts';
import { validateService } from './validate-service.ts';
// from './columns.ts';

const port = record(
  {
    name: text,
    port: int32,
    targetPort: intOrText,
    nodePort: int32,
    protocol: { type: 'string', default: 'TCP' },
    appProtocol: text,
  },
  { required: ['port'] },
);

const strategy: Partial<ResourceStrategy> = {
  nameRule: 'dns-1035',
  isCreatedByUpdate: true,
  setDefaults: withServiceDefaults,
  prepareCreate: (service, peers) => withAddresses(service, undefined, peers),
  prepareUpdate: (next, previous, peers) =>
    withAddresses(withoutForeignFields(next, previous), previous, peers),
  validate: validateService,
};

export const serviceResource = builtInResource({
  kind: 'Service',
  plural: 'services',
  shortNames: ['svc'],
  categories: ['all'],
  hasStatus: true,
  schema: record({
    spec: record(
      {
        type: { type: 'string', default: 'ClusterIP' },
        selector: { ...textMap, 'x-kubernetes-map-type': 'atomic' },
        ports: listByKey(['port', 'protocol'], port),
        clusterIP: text,
        clusterIPs: listOf(text),
        ipFamilies: listOf(text),
        ipFamilyPolicy: text,
        externalName: text,
        externalIPs: listOf(text),
        externalTrafficPolicy: text,
        internalTrafficPolicy: text,
        sessionAffinity: { type: 'string', default: 'None' },
        sessionAffinityConfig: openObject,
        loadBalancerIP: text,
        loadBalancerClass: text,
        loadBalancerSourceRanges: listOf(text),
        allocateLoadBalancerNodePorts: flag,
        healthCheckNodePort: int32,
        publishNotReadyAddresses: flag,
        trafficDistribution: text,
      },
      { default: {} },
    ),
    status: record({ loadBalancer: openObject, conditions }),
  }),
  columns: [
    column('Type', (service) => textOr(specOf(service).type, '')),
    column('Cluster-IP', (service) => textOr(specOf(service).clusterIP, '<none>')),
    column('External-IP', externalAddress),
    column('Port(s)', portsText),
  ],
  selectableFields: ['.spec.clusterIP', '.spec.type'],
  strategy,
});

function withServiceDefaults(service: KubeObject): KubeObject {
  const spec = specOf(service);
  const ports = listOr(spec.ports).map((each) => {
    const { port: number, targetPort, protocol, ...rest } = objectOr(each);
    return { ...rest, port: number, protocol, targetPort: targetPort ?? number };
  });
  const isReachable = spec.type !== 'ExternalName';
  const defaulted: JsonObject = {
    ...spec,
    ...(ports.length === 0 ? {} : { ports }),
    ...(isReachable ? { internalTrafficPolicy: spec.internalTrafficPolicy ?? 'Cluster' } : {}),
    ...(hasNodePorts(spec)
      ? { externalTrafficPolicy: spec.externalTrafficPolicy ?? 'Cluster' }
      : {}),
  };
  return { ...service, spec: defaulted, status: { loadBalancer: {}, ...objectOr(service.status) } };
}

function specOf(service: KubeObject): JsonObject {
  return objectOr(service.spec);
}

function externalAddress(service: KubeObject): string {
  const spec = specOf(service);
  if (spec.type === 'ExternalName') return textOr(spec.externalName, '<none>');
  const addresses = listOr(spec.externalIPs).map(String);
  return addresses.length === 0 ? '<none>' : addresses.join(',');
}

function portsText(service: KubeObject): string {
  const ports = listOr(specOf(service).ports).map((each) => {
    const { port: number, protocol } = objectOr(each);
    return `${shown(number)}/${textOr(protocol, 'TCP')}`;
  });
  return ports.length === 0 ? '<none>' : ports.join(',');
}
