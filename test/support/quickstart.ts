import {
  brokerKind,
  httpSourceKind,
  isReady,
  namespaceKind,
  triggerKind,
  type Broker,
  type HttpSource,
  type Trigger,
} from '@jetmesh/eventing-api';
import type { KubeClient } from '@jetmesh/kube-controller';
import { eventually } from './eventually.ts';

/** A labelled Namespace with an Application, once its Broker is Ready and the adapter knows it. */
export async function createApplication(client: KubeClient, namespace: string): Promise<void> {
  await client.create(namespaceKind, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace, labels: { 'eventing.knative.dev/injection': 'enabled' } },
  });
  await client.create<HttpSource>(httpSourceKind, {
    apiVersion: 'sources.kyma-project.io/v1alpha1',
    kind: 'HTTPSource',
    metadata: { name: namespace, namespace },
    spec: { source: namespace },
  });
  await eventually(async () => {
    const broker = await client.get<Broker>(brokerKind, `${namespace}/default`);
    const source = await client.get<HttpSource>(httpSourceKind, `${namespace}/${namespace}`);
    return broker !== undefined && isReady(broker) && source !== undefined && isReady(source);
  });
}

/** A Trigger on the Broker `default` that delivers to a URL, once it is Ready. */
export async function createTrigger(
  client: KubeClient,
  options: {
    namespace: string;
    name: string;
    uri: string;
    annotations?: Record<string, string>;
  } & Partial<Trigger['spec']>,
): Promise<Trigger> {
  const { namespace, name, uri, annotations = {}, ...spec } = options;
  await client.create<Trigger>(triggerKind, {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { name, namespace, annotations },
    spec: { broker: 'default', subscriber: { uri }, ...spec },
  });
  return eventually(async () => {
    const trigger = await client.get<Trigger>(triggerKind, `${namespace}/${name}`);
    if (trigger !== undefined && isReady(trigger)) return trigger;
    throw new Error(`Trigger ${name} is ${JSON.stringify(trigger?.status)}`);
  });
}
