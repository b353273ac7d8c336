import {
  brokerClassAnnotation,
  brokerKind,
  configMapKind,
  isReady,
  jetmeshBrokerClass,
  namespaceKind,
  type Broker,
  type ConfigMap,
} from '@jetmesh/eventing-api';
import type { KubeClient } from '@jetmesh/kube-controller';
import { eventually } from './eventually.ts';

/** A Namespace with a Broker (`default` unless named) that a ConfigMap with these data configures, once it is Ready. */
export async function createBroker(
  client: KubeClient,
  namespace: string,
  data: Record<string, string>,
  name = 'default',
): Promise<Broker> {
  await client.create(namespaceKind, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace },
  });
  await client.create<ConfigMap>(configMapKind, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', namespace },
    data,
  });
  const annotations = { [brokerClassAnnotation]: jetmeshBrokerClass };
  await client.create<Broker>(brokerKind, {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Broker',
    metadata: { name, namespace, annotations },
    spec: { config: { apiVersion: 'v1', kind: 'ConfigMap', name: 'settings' } },
  });
  return eventually(async () => {
    const broker = await client.get<Broker>(brokerKind, `${namespace}/${name}`);
    if (broker !== undefined && isReady(broker)) return broker;
    throw new Error(`The Broker is ${JSON.stringify(broker?.status)}`);
  });
}
