import { describe, expect, it } from '@jest/globals';
import {
  objectKey,
  type HttpSource,
  type KubernetesObject,
  type Lease,
  type ResourceKind,
  type Trigger,
} from '@jetmesh/eventing-api';
import { KubeApiError, type KubeClient } from '@jetmesh/kube-controller';
import { aBroker, aMetadata, aSubscription, busTrigger, meshTrigger } from './switch-fixture.ts';
import { switchApplications } from './switch-applications.ts';
import type { SwitchRequest } from './switch-request.ts';

const order = aSubscription('shop/order');
const request: SwitchRequest = {
  selection: { kind: 'application', name: 'commerce' },
  to: 'mesh',
  endpoints: ['legacy'],
  isPlanOnly: false,
  isForced: false,
  waitMs: 0,
  busBroker: 'kyma-system/event-bus',
};

describe('switchApplications', () => {
  it('patches by the resourceVersion of the plan and says how to go back', async () => {
    const cluster = new PlayedCluster();
    await cluster.switch(request);
    expect(cluster.patches).toEqual([
      { metadata: { resourceVersion: '1' }, spec: { endpoints: { legacy: 'mesh' } } },
    ]);
    expect(cluster.lines.at(-1)).toBe(
      'To go back: jetmesh switch commerce --to bus --endpoint legacy',
    );
  });

  it('waits until the path that was left is drained, and looks at the other once more', async () => {
    const cluster = new PlayedCluster();
    cluster.objects.triggers = [withConsumer(busTrigger(order, 'a1')), meshTrigger(order, 'a1')];
    await cluster.switch({ ...request, waitMs: 5_000 });
    expect(cluster.lines).toContain(
      'Verified: everything that commerce (HTTPSource shop/commerce) needs on the mesh is Ready.',
    );
    expect(cluster.lines.join()).toMatch(/The bus is drained: 1 Triggers have settled/);
    expect(cluster.drainRequests).toEqual([
      ['kyma-system/shop-order-a1', expect.stringMatching(/^switch \d/)],
      ['kyma-system/shop-order-a1', null],
    ]);
  });

  it('names the Triggers that still deliver at the deadline', async () => {
    const cluster = new PlayedCluster();
    cluster.isDraining = false;
    cluster.objects.triggers = [withConsumer(busTrigger(order, 'a1')), meshTrigger(order, 'a1')];
    await cluster.switch(request);
    expect(cluster.lines).toContain(
      'The bus still delivers what had entered it: kyma-system/shop-order-a1.',
    );
  });

  it('says what is not as it was planned any more', async () => {
    const cluster = new PlayedCluster();
    cluster.onPatched = () => (cluster.objects.brokers = []);
    await cluster.switch(request);
    expect(cluster.lines).toContain('Not as it was planned: Broker shop/default: does not exist');
  });

  it('patches nothing when only the plan is asked for', async () => {
    const cluster = new PlayedCluster();
    await cluster.switch({ ...request, isPlanOnly: true });
    expect(cluster.patches).toEqual([]);
    expect(cluster.lines[0]).toContain('legacy from bus to mesh');
  });

  it('plans again after a conflict, and refuses by the new plan', async () => {
    const cluster = new PlayedCluster();
    cluster.onConflict = () => (cluster.objects.brokers = []);
    await expect(cluster.switch(request)).rejects.toThrow(
      /Not switched: events would be lost.*Broker shop\/default: does not exist/s,
    );
    expect(cluster.patches).toHaveLength(1);
  });

  it('patches with the new resourceVersion after a conflict', async () => {
    const cluster = new PlayedCluster();
    cluster.onConflict = () => (cluster.source.metadata.resourceVersion = '2');
    await cluster.switch(request);
    expect(cluster.patches).toMatchObject([
      { metadata: { resourceVersion: '1' } },
      { metadata: { resourceVersion: '2' } },
    ]);
  });

  it('refuses what is blocked, unless forced', async () => {
    const cluster = new PlayedCluster();
    cluster.objects.triggers = [busTrigger(order, 'a1')];
    await expect(cluster.switch(request)).rejects.toThrow(
      'Subscription shop/order: has no Trigger',
    );
    expect(cluster.patches).toEqual([]);
    await cluster.switch({ ...request, isForced: true });
    expect(cluster.patches).toHaveLength(1);
  });

  it('refuses what is pending at the deadline', async () => {
    const cluster = new PlayedCluster();
    cluster.objects.brokers = [aBroker('shop/default', { status: 'Unknown' })];
    await expect(cluster.switch(request)).rejects.toThrow('still pending');
    expect(cluster.patches).toEqual([]);
  });

  it.each<[string, readonly Lease[], RegExp]>([
    [
      'names the replica that does not confirm',
      [aLease(1)],
      /generation 2 is not confirmed: adapter/,
    ],
    [
      'says that no replica is live',
      [],
      /generation 2 is not confirmed: no adapter replica is live/,
    ],
  ])('%s', async (_, leases, message) => {
    const cluster = new PlayedCluster();
    cluster.objects.leases = leases;
    await expect(cluster.switch(request)).rejects.toThrow(message);
    expect(cluster.patches).toHaveLength(1);
  });
});

/** As much of the API server as the switch asks for: one Application in `shop`, whose adapter confirms at once. */
class PlayedCluster {
  readonly patches: object[] = [];
  readonly lines: string[] = [];
  readonly source: HttpSource = {
    apiVersion: 'sources.kyma-project.io/v1alpha1',
    kind: 'HTTPSource',
    metadata: aMetadata('shop/commerce', { resourceVersion: '1' }),
    spec: { source: 'commerce' },
  };
  readonly objects: Record<string, readonly KubernetesObject[]> = {
    httpsources: [this.source],
    subscriptions: [order],
    triggers: [busTrigger(order, 'a1'), meshTrigger(order, 'a1')],
    brokers: [aBroker('shop/default')],
    leases: [aLease(2)],
  };
  /** What was written to Triggers: by key, the drain that was asked for. */
  readonly drainRequests: [string, string | null][] = [];
  isDraining = true;
  onPatched: (() => void) | undefined;
  /** Makes the next patch a conflict, once. */
  onConflict: (() => void) | undefined;

  switch(asked: SwitchRequest): Promise<void> {
    const client: Pick<KubeClient, 'list' | 'mergePatch'> = {
      list: this.#list as KubeClient['list'],
      mergePatch: this.#patch as KubeClient['mergePatch'],
    };
    const { signal } = new AbortController();
    const print = (line: string) => void this.lines.push(line);
    return switchApplications(asked, { client: client as KubeClient, signal, print });
  }

  readonly #list = ({ plural }: ResourceKind) => {
    return Promise.resolve({ items: this.objects[plural] ?? [], resourceVersion: '' });
  };

  readonly #patch = (kind: ResourceKind, key: string, patch: object): Promise<KubernetesObject> => {
    return kind.plural === 'triggers' ? this.#patchTrigger(key, patch) : this.#patchSource(patch);
  };

  /** The controller says at once that it is drained. */
  #patchTrigger(key: string, patch: object): Promise<KubernetesObject> {
    const { metadata } = patch as { metadata: { annotations: Record<string, string | null> } };
    const request = metadata.annotations['jetmesh.dev/drain-requested'] ?? null;
    this.drainRequests.push([key, request]);
    const triggers = this.objects.triggers as readonly Trigger[];
    const trigger = triggers.find((one) => objectKey(one.metadata) === key);
    if (trigger?.status?.annotations !== undefined && request !== null && this.isDraining) {
      trigger.status.annotations['jetmesh.dev/drained'] = request;
    }
    return Promise.resolve(trigger ?? this.source);
  }

  #patchSource(patch: object): Promise<HttpSource> {
    this.patches.push(patch);
    const change = this.onConflict;
    this.onConflict = undefined;
    if (change === undefined) {
      this.onPatched?.();
      return Promise.resolve({
        ...this.source,
        metadata: { ...this.source.metadata, generation: 2 },
      });
    }
    change();
    const answer = { status: 409, reason: 'Conflict', message: 'changed' };
    return Promise.reject(new KubeApiError('PATCH', answer));
  }
}

function withConsumer(trigger: Trigger): Trigger {
  const annotations = { 'jetmesh.dev/consumer': 'C' };
  return { ...trigger, status: { ...trigger.status, annotations } };
}

function aLease(generation: number): Lease {
  const annotation = JSON.stringify({ 'shop/commerce': generation });
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      ...aMetadata('jetmesh-system/adapter'),
      annotations: { 'jetmesh.dev/routed-generations': annotation },
    },
    spec: { renewTime: '2999-01-01T00:00:00Z', leaseDurationSeconds: 15 },
  };
}
