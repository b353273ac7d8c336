import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  connectJetStream,
  createReplicaView,
  openReplicaRegistry,
  type JetStreamConnection,
  type ReplicaRegistry,
} from '@jetmesh/jetstream';
import { BlackHoleProxy } from '../../support/black-hole-proxy.ts';
import { eventually } from '../../support/eventually.ts';
import { startJetStream, stopAll, type JetStreamFixture } from './jetstream-fixture.ts';

const termMs = 1_500;

let fixture: JetStreamFixture;
let lastKey = 0;
const open: { registry: ReplicaRegistry; connection: JetStreamConnection }[] = [];

beforeAll(async () => {
  fixture = await startJetStream();
});

afterEach(async () => {
  for (const { registry, connection } of open.splice(0)) {
    await registry.close();
    await connection.close();
  }
});

afterAll(stopAll);

async function aReplica(port = fixture.server.port) {
  const servers = [`nats://127.0.0.1:${port}`];
  const connection = await connectJetStream({ servers, name: 'replica' });
  const registry = await openReplicaRegistry(connection, { termMs });
  open.push({ registry, connection });
  return { registry, connection };
}

function aKey(): string {
  lastKey += 1;
  return `key-${lastKey}`;
}

/** What a claim was told, with the time. */
function claimed(registry: ReplicaRegistry, key: string) {
  const told: { isHeld: boolean; at: number }[] = [];
  const claim = registry.claim(key, (isHeld) => told.push({ isHeld, at: performance.now() }));
  return { claim, told, isHeld: () => told.at(-1)?.isHeld === true };
}

describe('ReplicaRegistry', () => {
  it('gives a key to one replica, and to the next one as soon as it is released', async () => {
    const [one, other] = await Promise.all([aReplica(), aReplica()]);
    const key = aKey();
    const first = claimed(one.registry, key);
    await eventually(first.isHeld);
    const second = claimed(other.registry, key);
    await new Promise((resolve) => setTimeout(resolve, 2 * termMs));
    expect(second.told).toEqual([]);
    const releasedAt = performance.now();
    await first.claim.release();
    await eventually(second.isHeld);
    expect(second.told[0]!.at - releasedAt).toBeLessThan(500);
    expect(first.told).toHaveLength(1);
  });

  it('gives each of many keys to exactly one of three replicas, and spreads them', async () => {
    const replicas = await Promise.all([aReplica(), aReplica(), aReplica()]);
    const keys = Array.from({ length: 60 }, aKey);
    await eventually(() => replicas.every(({ registry }) => registry.isLive));
    await new Promise((resolve) => setTimeout(resolve, termMs / 2));
    const claims = keys.map((key) => replicas.map(({ registry }) => claimed(registry, key)));
    const holders = (all: (typeof claims)[number]) => all.filter(({ isHeld }) => isHeld()).length;
    await eventually(() => claims.every((all) => holders(all) === 1));
    for (const index of [0, 1, 2]) {
      const count = claims.filter((all) => all[index]!.isHeld()).length;
      expect(count).toBeGreaterThan(5);
    }
  });

  it('lets a second claim of a key wait for the first one of the same replica', async () => {
    const { registry } = await aReplica();
    const key = aKey();
    const first = claimed(registry, key);
    await eventually(first.isHeld);
    const second = claimed(registry, key);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(second.told).toEqual([]);
    await first.claim.release();
    expect(second.isHeld()).toBe(true);
  });

  it('hands over what a replica held that closed', async () => {
    const [one, other] = await Promise.all([aReplica(), aReplica()]);
    const key = aKey();
    const first = claimed(one.registry, key);
    await eventually(first.isHeld);
    const second = claimed(other.registry, key);
    const closedAt = performance.now();
    await one.registry.close();
    await eventually(second.isHeld);
    expect(second.told[0]!.at - closedAt).toBeLessThan(500);
    const view = createReplicaView(fixture.connection, { termMs });
    expect((await view.list()).map(({ id }) => id)).toEqual([other.registry.id]);
  });

  it('hands over what a replica held that died, after the term', async () => {
    const [one, other] = await Promise.all([aReplica(), aReplica()]);
    const key = aKey();
    await eventually(claimed(one.registry, key).isHeld);
    const second = claimed(other.registry, key);
    const diedAt = performance.now();
    await one.connection.close();
    await eventually(second.isHeld);
    const tookMs = second.told[0]!.at - diedAt;
    expect(tookMs).toBeGreaterThan((termMs * 2) / 3);
    expect(tookMs).toBeLessThan(2 * termMs);
  });

  it('tells a replica that is cut off, before anybody else gets its keys', async () => {
    const proxy = await BlackHoleProxy.start(fixture.server.port);
    const [cut, other] = await Promise.all([aReplica(proxy.port), aReplica()]);
    const key = aKey();
    const first = claimed(cut.registry, key);
    await eventually(first.isHeld);
    const liveness: boolean[] = [];
    cut.registry.onLiveChange((isLive) => liveness.push(isLive));
    const second = claimed(other.registry, key);
    proxy.swallow();
    await eventually(second.isHeld);
    expect(first.isHeld()).toBe(false);
    expect(first.told.at(-1)!.at).toBeLessThan(second.told[0]!.at - termMs / 5);
    expect(liveness).toEqual([false]);
    expect(cut.registry.isLive).toBe(false);
    await cut.connection.close();
    await proxy.stop();
  });

  it('gives a replica its key back when it lapsed and nobody else wants it', async () => {
    const own = await startJetStream();
    const { registry } = await aReplica(own.server.port);
    const claim = claimed(registry, aKey());
    await eventually(claim.isHeld);
    await own.server.kill();
    await eventually(() => !claim.isHeld());
    await own.server.restart();
    await eventually(claim.isHeld);
  });

  it('makes its buckets again when somebody deletes them', async () => {
    const own = await startJetStream();
    const { registry } = await aReplica(own.server.port);
    const claim = claimed(registry, aKey());
    await eventually(claim.isHeld);
    await own.admin.deleteStream('KV_JETMESH_REPLICAS');
    await eventually(async () => (await own.admin.streamState('KV_JETMESH_REPLICAS'))?.messages, {
      timeoutMs: 15_000,
    });
    await eventually(() => registry.isLive && claim.isHeld());
  }, 25_000);
});

describe('ReplicaView', () => {
  it('lists what each replica announced', async () => {
    const [one, other] = await Promise.all([aReplica(), aReplica()]);
    one.registry.announce({ seenTriggers: '7' });
    other.registry.announce({ seenTriggers: '9' });
    const view = createReplicaView(fixture.connection, { termMs });
    await eventually(
      async () => {
        const seen = (await view.list()).map(({ seenTriggers }) => seenTriggers);
        expect(seen.sort()).toEqual(['7', '9']);
        return true;
      },
      { timeoutMs: 500 },
    );
  });

  it('counts one that died until it has seen so itself', async () => {
    const { registry, connection } = await aReplica();
    const view = createReplicaView(fixture.connection, { termMs });
    await connection.close();
    expect((await view.list()).map(({ id }) => id)).toContain(registry.id);
    await eventually(async () => (await view.list()).every(({ id }) => id !== registry.id));
  });
});
