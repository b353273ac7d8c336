import {
  objectKey,
  subscriptionKind,
  usersTriggerKeys,
  type Subscription,
} from '@jetmesh/eventing-api';
import { drainTriggers } from '../client/drain-triggers.ts';
import { CommandError } from '../command-context.ts';
import { backupOf } from './backup.ts';
import type { BackupStore } from './backup-store.ts';
import { detachTrigger } from './detach-trigger.ts';
import type { MigrationStep } from './migration-plan.ts';
import type { MigrationRequest, MigrationSurroundings } from './migration-request.ts';
import { untilTrue } from './until-true.ts';

type Migration = Extract<MigrationStep, { kind: 'migrate' }>;

/**
 * The only file with the order: backup, drain of the bus, detach, the bridge's word that it uses the Triggers as they
 * are, deletion. Interrupted anywhere, the next run goes on; at every moment some Trigger on the mesh delivers.
 */
export async function migrateSubscription(
  { subscription, staying, leaving }: Migration,
  { request, surroundings, store }: MigrationContext,
): Promise<void> {
  const { client, print } = surroundings;
  const key = objectKey(subscription.metadata);
  const { triggers } = await store.keep(backupOf(subscription, staying));
  const drain = await drainTriggers(leaving, request.waitMs, surroundings);
  if (drain.kind === 'delivering') {
    throw new CommandError(
      `Not migrated: Subscription ${key} still gets events from the bus, by ${drain.keys.join(', ')}. ` +
        'Run the command again when they are delivered.',
    );
  }
  for (const { metadata } of staying) await detachTrigger(client, objectKey(metadata), key);
  await untilUsed(key, triggers, { request, surroundings });
  const { uid } = subscription.metadata;
  await client.delete(subscriptionKind, key, uid === undefined ? {} : { uid });
  await untilGone(key, { request, surroundings });
  print(`  migrated Subscription ${key}: ${triggers.join(', ')}`);
}

export interface MigrationContext {
  readonly request: MigrationRequest;
  readonly surroundings: MigrationSurroundings;
  readonly store: BackupStore;
}

type Waiting = Pick<MigrationContext, 'request' | 'surroundings'>;

/** From then on the bridge neither deletes them with the Subscription nor makes others beside them. */
function untilUsed(
  key: string,
  triggers: readonly string[],
  { request, surroundings }: Waiting,
): Promise<void> {
  const isUsed = async () => {
    const subscription = await surroundings.client.get<Subscription>(subscriptionKind, key);
    if (subscription === undefined) return true;
    const used = usersTriggerKeys(subscription);
    return triggers.every((trigger) => used.includes(trigger));
  };
  const what = `The bridge does not say of Subscription ${key} that it uses ${triggers.join(', ')}`;
  return untilTrue(isUsed, { what, waitMs: request.waitMs, signal: surroundings.signal });
}

export function untilGone(key: string, { request, surroundings }: Waiting): Promise<void> {
  const isGone = async () =>
    (await surroundings.client.get<Subscription>(subscriptionKind, key)) === undefined;
  const what = `Subscription ${key} is being deleted, but the bridge has not let it go`;
  return untilTrue(isGone, { what, waitMs: request.waitMs, signal: surroundings.signal });
}
