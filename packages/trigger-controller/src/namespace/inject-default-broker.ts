import {
  apiVersionOf,
  brokerClassAnnotation,
  brokerKind,
  jetmeshBrokerClass,
  type Broker,
  type KubernetesObject,
} from '@jetmesh/eventing-api';
import {
  isAlreadyExists,
  type KubeClient,
  type KubernetesEventRecorder,
  type ReconcileResult,
} from '@jetmesh/kube-controller';
import type { ClusterView } from '../cluster/cluster-view.ts';

export interface DefaultBrokerInjectorOptions {
  readonly client: KubeClient;
  readonly cluster: ClusterView;
  readonly recorder: KubernetesEventRecorder;
}

/** Kyma's label and Knative's. */
const injectionLabels = ['knative-eventing-injection', 'eventing.knative.dev/injection'];

/** Whether a Namespace asks for a Broker `default`. */
function wantsDefaultBroker({ metadata }: KubernetesObject): boolean {
  const isEnabled = injectionLabels.some((label) => metadata.labels?.[label] === 'enabled');
  return isEnabled && metadata.deletionTimestamp === undefined;
}

/** Makes the Broker `default` of labelled Namespaces, again when it is deleted; one that exists is left as it is. */
export class DefaultBrokerInjector {
  readonly #options: DefaultBrokerInjectorOptions;

  constructor(options: DefaultBrokerInjectorOptions) {
    this.#options = options;
  }

  async reconcile(name: string): Promise<ReconcileResult> {
    const { client, cluster, recorder } = this.#options;
    const namespace = cluster.namespaces.store.get(name);
    if (namespace === undefined || !wantsDefaultBroker(namespace)) return done;
    if (cluster.brokers.store.get(`${name}/default`) !== undefined) return done;
    try {
      await client.create(brokerKind, defaultBroker(name));
    } catch (error) {
      if (isAlreadyExists(error)) return done;
      throw error;
    }
    recorder.record(namespace, {
      type: 'Normal',
      reason: 'BrokerCreated',
      message: 'Default eventing.knative.dev Broker created.',
    });
    return done;
  }
}

function defaultBroker(namespace: string): Broker {
  return {
    apiVersion: apiVersionOf(brokerKind),
    kind: brokerKind.kind,
    metadata: {
      name: 'default',
      namespace,
      labels: { 'eventing.knative.dev/injected': 'true' },
      annotations: { [brokerClassAnnotation]: jetmeshBrokerClass },
    },
  };
}

const done: ReconcileResult = { kind: 'done' };
