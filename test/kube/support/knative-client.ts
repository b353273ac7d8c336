import {
  brokerKind,
  serviceKind,
  triggerKind,
  type Broker,
  type Destination,
  type KubernetesObject,
  type Trigger,
} from '@jetmesh/eventing-api';
import assert from 'node:assert/strict';
import type { ApiClient, ApiStatus } from './api-client.ts';
import { resourcePath } from './resource-path.ts';

export interface KnativeList<T> extends Omit<KubernetesObject, 'metadata'> {
  readonly metadata: { resourceVersion: string };
  readonly items: T[];
}

/**
 * The requests that the Knative client makes for its commands, byte for byte where it matters: a typed Go client sends
 * `creationTimestamp: null` and an empty status, and names the group in DeleteOptions.
 */
export class KnativeClient {
  readonly #api: ApiClient;
  readonly #namespace: string;

  constructor(api: ApiClient, namespace: string) {
    this.#api = api;
    this.#namespace = namespace;
  }

  /** `kn broker create NAME --class Jetmesh` */
  createBroker(name: string): Promise<Broker> {
    return this.#send('POST', resourcePath(brokerKind, this.#namespace), {
      kind: 'Broker',
      apiVersion: 'eventing.knative.dev/v1',
      metadata: {
        name,
        namespace: this.#namespace,
        creationTimestamp: null,
        annotations: { 'eventing.knative.dev/broker.class': 'Jetmesh' },
      },
      spec: {},
      status: {},
    });
  }

  /** `kn trigger create NAME --broker default --filter type=… --sink …` */
  createTrigger(name: string, subscriber: Destination): Promise<Trigger> {
    return this.#send('POST', resourcePath(triggerKind, this.#namespace), {
      kind: 'Trigger',
      apiVersion: 'eventing.knative.dev/v1',
      metadata: { name, namespace: this.#namespace, creationTimestamp: null },
      spec: { broker: 'default', filter: { attributes: { type: 'order' } }, subscriber },
      status: {},
    });
  }

  /** `--sink svc:NAME`: looks the Service up before it is written into a Trigger. */
  async serviceSink(name: string): Promise<Destination> {
    await this.#send('GET', resourcePath(serviceKind, this.#namespace, name));
    const ref = { kind: 'Service', apiVersion: 'v1', namespace: this.#namespace, name };
    return { ref };
  }

  brokers(): Promise<KnativeList<Broker>> {
    return this.#send('GET', resourcePath(brokerKind, this.#namespace));
  }

  triggers(): Promise<KnativeList<Trigger>> {
    return this.#send('GET', resourcePath(triggerKind, this.#namespace));
  }

  broker(name: string): Promise<Broker> {
    return this.#send('GET', resourcePath(brokerKind, this.#namespace, name));
  }

  trigger(name: string): Promise<Trigger> {
    return this.#send('GET', resourcePath(triggerKind, this.#namespace, name));
  }

  /** `kn trigger update`: reads, changes, writes, and begins again when somebody else wrote in between. */
  async updateTrigger(
    name: string,
    change: (trigger: Trigger) => Trigger | Promise<Trigger>,
  ): Promise<Trigger> {
    const path = resourcePath(triggerKind, this.#namespace, name);
    for (let attempt = 1; ; attempt += 1) {
      const changed = await change(await this.trigger(name));
      const { status, body } = await this.#api.send<Trigger | ApiStatus>('PUT', path, {
        body: changed,
      });
      if (status === 200) return body as Trigger;
      assert.equal((body as ApiStatus).reason, 'Conflict');
      assert(attempt < 5, 'gave up after five conflicts');
    }
  }

  deleteTrigger(name: string): Promise<ApiStatus> {
    return this.#delete(resourcePath(triggerKind, this.#namespace, name), 'Background');
  }

  /** `kn broker delete NAME --wait`: watches, deletes in the foreground, and waits for the DELETED line. */
  async deleteBrokerAndWait(name: string): Promise<string[]> {
    const query = `?fieldSelector=metadata.name%3D${name}&timeoutSeconds=20&watch=true`;
    const path = `${resourcePath(brokerKind, this.#namespace)}${query}`;
    const types: string[] = [];
    for await (const { type, object } of this.#api.watch<Broker>(
      path,
      AbortSignal.timeout(25_000),
    )) {
      assert.equal(object.metadata.name, name);
      if (types.length === 0) {
        await this.#delete(resourcePath(brokerKind, this.#namespace, name), 'Foreground');
      }
      types.push(type);
      if (type === 'DELETED') break;
    }
    return types;
  }

  #delete(path: string, propagationPolicy: 'Background' | 'Foreground'): Promise<ApiStatus> {
    return this.#send('DELETE', path, {
      kind: 'DeleteOptions',
      apiVersion: 'eventing.knative.dev/v1',
      propagationPolicy,
    });
  }

  async #send<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<T> {
    const response = await this.#api.send<T>(method, path, body === undefined ? {} : { body });
    assert(response.status < 300, JSON.stringify(response.body));
    return response.body;
  }
}
