import { setTimeout as delay } from 'node:timers/promises';
import { CommandError } from '../command-context.ts';
import { BackupStore, backupName } from './backup-store.ts';
import { migrateSubscription, untilGone, type MigrationContext } from './migrate-subscription.ts';
import { routingObstacles } from './mesh-obstacles.ts';
import { readMigrationFacts } from './migration-facts.ts';
import { migrationLines, stepLine } from './migration-lines.ts';
import { keyOfStep, migrationPlan, type MigrationStep } from './migration-plan.ts';
import type { MigrationRequest, MigrationSurroundings } from './migration-request.ts';
import { systemNamespaces } from './system-namespaces.ts';

const pendingIntervalMs = 300;

/** Prints the plan; throws with what is in the way. */
export async function planMigration(
  request: MigrationRequest,
  surroundings: MigrationSurroundings,
): Promise<void> {
  const steps = await readPlan(request, surroundings);
  migrationLines(request.namespace, steps).forEach((line) => surroundings.print(line));
  refuseWhileBlocked(steps);
}

/** Turns the Subscriptions of a Namespace into Triggers for good. None is touched while one is blocked. */
export async function applyMigration(
  request: MigrationRequest,
  surroundings: MigrationSurroundings,
): Promise<void> {
  const { client, print } = surroundings;
  await planMigration(request, surroundings);
  const store = new BackupStore(client, request.namespace);
  const context: MigrationContext = { request, surroundings, store };
  const steps = await untilClear(request, surroundings);
  for (const step of steps) await take(step, context);
  await refuseIfRoutedBack(request, surroundings);
  const count = (await store.read()).size;
  print(
    `Namespace ${request.namespace} is migrated; ConfigMap ${backupName} there keeps ${count} Subscriptions. ` +
      `To go back: jetmesh migrate rollback --namespace ${request.namespace}`,
  );
}

async function take(step: MigrationStep, context: MigrationContext): Promise<void> {
  switch (step.kind) {
    case 'migrate':
      return migrateSubscription(step, context);
    case 'leaving':
      return untilGone(keyOfStep(step), context);
    case 'skipped':
      return;
    case 'pending':
    case 'blocked':
      throw new CommandError(stepLine(step));
  }
}

/** What routed to the mesh at the plan may have been switched back since: then events enter the bus again. */
async function refuseIfRoutedBack(
  request: MigrationRequest,
  { client }: MigrationSurroundings,
): Promise<void> {
  const facts = await readMigrationFacts(client, request.busBroker);
  const store = new BackupStore(client, request.namespace);
  const kept = [...(await store.read()).values()].flatMap((backup) => backup?.subscription ?? []);
  const blocked = routingObstacles(kept, facts);
  if (blocked.length === 0) return;
  throw new CommandError(`Migrated, but not finished: ${blocked.join('; ')}`);
}

async function readPlan(
  { namespace, busBroker }: MigrationRequest,
  { client }: MigrationSurroundings,
): Promise<MigrationStep[]> {
  if (systemNamespaces.has(namespace)) {
    throw new CommandError(`Namespace "${namespace}" is a system Namespace; it is never migrated.`);
  }
  return migrationPlan(namespace, await readMigrationFacts(client, busBroker));
}

async function untilClear(
  request: MigrationRequest,
  surroundings: MigrationSurroundings,
): Promise<MigrationStep[]> {
  const deadline = Date.now() + request.waitMs;
  for (;;) {
    const steps = await readPlan(request, surroundings);
    refuseWhileBlocked(steps);
    const pending = steps.filter(({ kind }) => kind === 'pending').map(stepLine);
    if (pending.length === 0) return steps;
    if (Date.now() >= deadline) {
      throw new CommandError(`Not migrated: still pending:\n${pending.join('\n')}`);
    }
    await delay(pendingIntervalMs, undefined, { signal: surroundings.signal });
  }
}

function refuseWhileBlocked(steps: readonly MigrationStep[]): void {
  const blocked = steps.filter(({ kind }) => kind === 'blocked').map(stepLine);
  if (blocked.length === 0) return;
  throw new CommandError(`Not migrated: events would be lost. In the way:\n${blocked.join('\n')}`);
}
