import { expect, it } from '@jest/globals';
import { subscriptionKind, triggerKind } from '@jetmesh/eventing-api';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually.ts';
import { startMeshProcess } from '../support/mesh-process.ts';

const quickstart = new URL('../../examples/quickstart', import.meta.url);

it('a mesh keeps its resources as a folder of manifests says', async () => {
  const manifests = await mkdtemp(join(tmpdir(), 'jetmesh-manifests-'));
  await cp(quickstart, manifests, { recursive: true });
  const mesh = await startMeshProcess({ flags: ['--manifests', manifests] });
  try {
    const trigger = 'shop/shipped-orders';
    await eventually(() => mesh.client.get(triggerKind, trigger), { timeoutMs: 30_000 });
    await rm(join(manifests, '30-trigger.yaml'));
    await eventually(async () => !(await mesh.client.get(triggerKind, trigger)));
    expect(await mesh.client.get(subscriptionKind, 'shop/created-orders')).toBeDefined();
  } finally {
    await mesh.stop();
    await rm(manifests, { recursive: true });
  }
}, 90_000);
