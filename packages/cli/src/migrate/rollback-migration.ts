import { objectKey, subscriptionKind, type Subscription } from '@jetmesh/eventing-api';
import { isAlreadyExists, isNotFound } from '@jetmesh/kube-controller';
import { CommandError } from '../command-context.ts';
import type { SubscriptionBackup } from './backup.ts';
import { BackupStore, backupName } from './backup-store.ts';
import { attachTrigger } from './detach-trigger.ts';
import type { MigrationRequest, MigrationSurroundings } from './migration-request.ts';
import { untilTrue } from './until-true.ts';

/**
 * Makes the Subscriptions of the backup again, each with the Triggers that stayed for it. Routes are not touched: they
 * lead to the mesh until they are switched. An entry goes when its Subscription is ready.
 */
export async function rollbackMigration(
  request: MigrationRequest,
  surroundings: MigrationSurroundings,
): Promise<void> {
  const store = new BackupStore(surroundings.client, request.namespace);
  const backups = await store.read();
  if (backups.size === 0) {
    surroundings.print(`ConfigMap ${request.namespace}/${backupName} keeps no Subscription.`);
    return;
  }
  const unreadable = [...backups].filter(([, backup]) => backup === undefined);
  for (const [name, backup] of backups) {
    if (backup === undefined) continue;
    await restore(backup, request, surroundings);
    await store.drop(name);
  }
  if (unreadable.length > 0) {
    const names = unreadable.map(([name]) => name).join(', ');
    throw new CommandError(`Not restored, the backup is unreadable: ${names}`);
  }
}

async function restore(
  { subscription, triggers }: SubscriptionBackup,
  { waitMs }: MigrationRequest,
  { client, signal, print }: MigrationSurroundings,
): Promise<void> {
  const key = objectKey(subscription.metadata);
  const { uid = '' } = (await created(subscription, client)).metadata;
  for (const trigger of triggers) {
    await attachTrigger(client, trigger, uid).catch((error: unknown) => {
      // Deleted meanwhile: the bridge makes it again.
      if (!isNotFound(error)) throw error;
    });
  }
  const isReady = async () => {
    const found = await client.get<Subscription>(subscriptionKind, key);
    return found?.status?.ready === true && (found.status.usedTriggers ?? []).every(isForeign);
  };
  const isForeign = (trigger: string) => !triggers.includes(trigger);
  await untilTrue(isReady, { what: `Subscription ${key} is not ready`, waitMs, signal });
  print(`  restored Subscription ${key}`);
}

/** One that is there, by an earlier run or by somebody, is taken as it is. */
async function created(
  subscription: Subscription,
  client: MigrationSurroundings['client'],
): Promise<Subscription> {
  try {
    return await client.create(subscriptionKind, subscription);
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
    const found = await client.get<Subscription>(
      subscriptionKind,
      objectKey(subscription.metadata),
    );
    if (found === undefined) throw error;
    return found;
  }
}
