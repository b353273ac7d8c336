import { describe, expect, it } from '@jest/globals';
import { triggerKind } from '@jetmesh/eventing-api';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually.ts';
import { startMeshProcess } from '../support/mesh-process.ts';
import { createApplication, createTrigger } from '../support/quickstart.ts';
import { startRecordingSubscriber } from '../support/recording-subscriber.ts';
import { sendEvents } from '../support/send-events.ts';

describe('stopping and starting a local mesh', () => {
  it('keeps resources and undelivered events; --clean forgets them', async () => {
    const data = mkdtempSync(join(tmpdir(), 'jetmesh-restart-'));
    const broken = await startRecordingSubscriber();
    broken.answerWith(503);
    const first = await startMeshProcess({ data });
    await createApplication(first.client, 'restart');
    await createTrigger(first.client, { namespace: 'restart', name: 'all', uri: broken.url });
    const url = `${first.endpoints.adapter}/restart/events`;
    const { accepted } = await sendEvents({ url, type: 'kept', count: 20, concurrency: 4 });
    expect(accepted).toHaveLength(20);
    await eventually(() => broken.received.length > 0);
    await first.stop({ keepData: true });
    await broken.close();

    const subscriber = await startRecordingSubscriber(broken.port);
    const second = await startMeshProcess({ data });
    const delivered = () => new Set(subscriber.received.map(({ id }) => id));
    await eventually(() => delivered().size === 20, { timeoutMs: 60_000 });
    await second.stop({ keepData: true });
    await subscriber.close();

    const third = await startMeshProcess({ data, flags: ['--clean'] });
    expect(await third.client.get(triggerKind, 'restart/all')).toBeUndefined();
    await third.stop();
    rmSync(data, { recursive: true, force: true });
  }, 180_000);
});
