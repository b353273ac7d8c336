import {
  brokerKind,
  eventActivationKind,
  httpSourceKind,
  type Broker,
  type EventActivation,
  type HttpSource,
  type KubernetesObject,
  type ResourceKind,
} from '@jetmesh/eventing-api';
import {
  readAdapterConfig,
  startHttpSourceAdapter,
  type RunningAdapter,
} from '@jetmesh/http-source-adapter';
import type { KubeClient } from '@jetmesh/kube-controller';
import { Readable } from 'node:stream';
import { request } from 'undici';
import { eventually } from '../../support/eventually.ts';
import { postRaw, type PostAnswer } from '../../support/post-event.ts';
import {
  startRecordingSubscriber,
  type Answer,
  type ReceivedRequest,
} from '../../support/recording-subscriber.ts';
import { startKubernetes } from './kubernetes-fixture.ts';

export const busPath = '/kyma-system/event-bus';

/** The adapter over a real Kubernetes API, with one HTTP server in the place of every Broker's ingress. */
export interface AdapterFixture {
  readonly url: string;
  readonly adapter: RunningAdapter;
  readonly client: KubeClient;
  /** Requests that the Brokers got, oldest first. */
  readonly received: ReceivedRequest[];
  /** What all Brokers answer from now on. */
  answerWith(answer: Answer | ((request: ReceivedRequest, index: number) => Answer)): void;
  post(path: string, headers: Record<string, string>, body?: string | Buffer): Promise<PostAnswer>;
  /** Posts a body whose length is not announced. */
  postChunks(
    path: string,
    headers: Record<string, string>,
    chunks: readonly string[],
  ): Promise<PostAnswer>;
  get(path: string): Promise<PostAnswer>;
  /** A Broker whose address is the stand-in's, or the one given. */
  addBroker(key: string, url?: string): Promise<void>;
  addApplication(name: string, spec?: Partial<HttpSource['spec']>): Promise<void>;
  bind(application: string, namespace: string): Promise<void>;
  create(kind: ResourceKind, object: KubernetesObject): Promise<void>;
  /** Waits until the adapter knows the Application. */
  untilRouted(application: string): Promise<void>;
  /** Stops the adapter alone; once. */
  stopAdapter(): Promise<void>;
  stop(): Promise<void>;
}

export async function startAdapterFixture(
  env: Record<string, string> = {},
): Promise<AdapterFixture> {
  const kubernetes = await startKubernetes();
  const broker = await startRecordingSubscriber();
  broker.answerWith(202);
  const { client } = kubernetes;
  const adapter = await startHttpSourceAdapter(
    readAdapterConfig({
      KUBECONFIG: kubernetes.kubeconfig,
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: '0',
      ADMIN_HOST: '127.0.0.1',
      ADMIN_PORT: '0',
      POD_NAME: 'test',
      POD_NAMESPACE: 'jetmesh-system',
      LOG_LEVEL: 'error',
      FORWARD_TIMEOUT: '500ms',
      ...env,
    }),
  );
  const url = `http://127.0.0.1:${adapter.port}`;
  const get = (path: string, headers = {}) => postRaw(`${url}${path}`, headers, '', 'GET');
  let stopped: Promise<void> | undefined;

  const fixture: AdapterFixture = {
    url,
    adapter,
    client,
    received: broker.received,
    answerWith: (answer) => broker.answerWith(answer),
    post: (path, headers, body) => postRaw(`${url}${path}`, headers, body),
    postChunks: async (path, headers, chunks) => {
      const body = Readable.from(chunks);
      const answer = await request(`${url}${path}`, { method: 'POST', headers, body });
      return { code: answer.statusCode, headers: answer.headers, body: await answer.body.text() };
    },
    get,
    addBroker: (key, address = `${broker.url}/${key}`) => addBroker(client, key, address),
    addApplication: async (name, spec = {}) => {
      await client.create(httpSourceKind, httpSource(name, spec));
      await fixture.untilRouted(name);
    },
    bind: async (application, namespace) => {
      await client.create(eventActivationKind, eventActivation(application, namespace));
    },
    create: async (kind, object) => {
      await client.create(kind, object);
    },
    untilRouted: async (application) => {
      await eventually(async () => {
        const path = `/${application}/v1/events/subscribed`;
        const { code } = await get(path, certificateOf(application));
        return code === 200;
      });
    },
    stopAdapter: () => (stopped ??= adapter.stop()),
    stop: async () => {
      await fixture.stopAdapter();
      await broker.close();
      await kubernetes.stop();
    },
  };
  return fixture;
}

/** The usual world: the bus, the Application `commerce`, bound to the Namespace `shop` with its default Broker. */
export async function startCommerceFixture(
  env: Record<string, string> = {},
): Promise<AdapterFixture> {
  const fixture = await startAdapterFixture(env);
  await fixture.addBroker('kyma-system/event-bus');
  await fixture.addBroker('shop/default');
  await fixture.bind('commerce', 'shop');
  await fixture.addApplication('commerce');
  await eventually(async () => {
    const certificate = certificateOf('commerce');
    const bus = await fixture.post('/commerce/v1/events', certificate, JSON.stringify(legacyEvent));
    const headers = { ...cloudEventHeaders, ...certificate };
    const mesh = await fixture.post('/commerce/events', headers, '{}');
    return bus.code === 200 && mesh.code === 200;
  });
  fixture.received.length = 0;
  return fixture;
}

export const legacyEvent = {
  'event-type': 'order.created',
  'event-type-version': 'v1',
  'event-id': '31109198-4d69-4ae0-972d-76117f3748c8',
  'event-time': '2020-01-01T10:00:00Z',
  data: { orderCode: '42' },
};

export const cloudEventHeaders = {
  'ce-specversion': '1.0',
  'ce-id': 'id-1',
  'ce-source': 'sender',
  'ce-type': 'order.created',
  'content-type': 'application/json',
};

async function addBroker(client: KubeClient, key: string, url: string): Promise<void> {
  const [namespace = '', name = ''] = key.split('/');
  await client.create<Broker>(brokerKind, {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Broker',
    metadata: { namespace, name, annotations: { 'eventing.knative.dev/broker.class': 'Jetmesh' } },
  });
  await client.mergePatch(
    brokerKind,
    key,
    { status: { address: { url } } },
    { subresource: 'status' },
  );
}

function httpSource(source: string, spec: Partial<HttpSource['spec']>): HttpSource {
  return {
    apiVersion: 'sources.kyma-project.io/v1alpha1',
    kind: 'HTTPSource',
    metadata: {
      namespace: 'kyma-integration',
      name: source.toLowerCase().replace(/[^a-z0-9]/g, '-'),
    },
    spec: { source, ...spec },
  };
}

function eventActivation(application: string, namespace: string): EventActivation {
  return {
    apiVersion: 'applicationconnector.kyma-project.io/v1alpha1',
    kind: 'EventActivation',
    metadata: { namespace, name: application },
    spec: { sourceId: application },
  };
}

function certificateOf(application: string): Record<string, string> {
  return { 'x-forwarded-client-cert': `Subject="CN=${application}"` };
}

/** Repeats assertions until they pass. */
export async function untilPassing(assertions: () => Promise<void> | void): Promise<void> {
  await eventually(async () => {
    await assertions();
    return true;
  });
}
