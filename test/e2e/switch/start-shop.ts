import { startMeshProcess, type MeshProcess } from '../../support/mesh-process.ts';
import { createApplication } from '../../support/quickstart.ts';
import {
  startRecordingSubscriber,
  type RecordingSubscriber,
} from '../../support/recording-subscriber.ts';
import { createShop } from './shop.ts';

export interface RunningShop {
  readonly mesh: MeshProcess;
  readonly subscriber: RecordingSubscriber;
  stop(): Promise<void>;
}

/** A mesh with one Application and the shop's Subscriptions, all of which one subscriber serves. */
export async function startShop(application: string): Promise<RunningShop> {
  const mesh = await startMeshProcess();
  const subscriber = await startRecordingSubscriber();
  await createApplication(mesh.client, application);
  await createShop(mesh.client, { application, port: subscriber.port });
  return {
    mesh,
    subscriber,
    async stop() {
      await subscriber.close();
      await mesh.stop();
    },
  };
}
