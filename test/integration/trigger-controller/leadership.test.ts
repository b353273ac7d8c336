import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { ControllerMesh } from './controller-mesh.ts';

let mesh: ControllerMesh;

beforeAll(async () => {
  mesh = await ControllerMesh.start();
}, 30_000);
afterAll(() => mesh.stop());

describe('two replicas', () => {
  it('act one at a time, and the second takes over when the first stops', async () => {
    const first = await mesh.startController({ LEADER_ELECTION: 'true', POD_NAME: 'first' });
    await mesh.createBroker('one');
    await mesh.readyBroker('one');
    await mesh.startController({ LEADER_ELECTION: 'true', POD_NAME: 'second' });
    await mesh.stopController(first);
    await mesh.createBroker('two');
    await mesh.readyBroker('two');
  }, 30_000);

  it('do nothing while nobody leads', async () => {
    const other = await ControllerMesh.start();
    try {
      const leader = await other.startController({ LEADER_ELECTION: 'true', POD_NAME: 'first' });
      await other.createBroker('one');
      await other.readyBroker('one');
      await other.stopController(leader);
      await other.createBroker('unseen');
      await delay(300);
      expect((await other.broker('unseen')).status).toBeUndefined();
    } finally {
      await other.stop();
    }
  }, 30_000);
});
