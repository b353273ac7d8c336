import type { SwitchPlan } from '@jetmesh/eventing-api';
import { setTimeout as delay } from 'node:timers/promises';
import { CommandError } from '../command-context.ts';
import { findingLine } from './plan-lines.ts';
import type { SwitchRequest, SwitchSurroundings } from './switch-request.ts';

const pendingIntervalMs = 300;

/** Throws with the list of what is in the way, unless forced. */
export function refuseWhileBlocked(plans: readonly SwitchPlan[], isForced: boolean): void {
  const blocked = linesOf(plans, 'blocked');
  if (blocked === '' || isForced) return;
  throw new CommandError(
    `Not switched: events would be lost. In the way:\n${blocked}\n--force switches all the same.`,
  );
}

/** Reads plans until nothing in them is pending; gives up at the deadline. Forced, the first ones will do. */
export async function untilClear(
  read: () => Promise<readonly SwitchPlan[]>,
  { isForced, waitMs }: SwitchRequest,
  { signal, print }: SwitchSurroundings,
): Promise<readonly SwitchPlan[]> {
  const deadline = Date.now() + waitMs;
  for (let attempt = 0; ; attempt += 1) {
    const plans = await read();
    refuseWhileBlocked(plans, isForced);
    const pending = linesOf(plans, 'pending');
    if (pending === '' || isForced) return plans;
    if (Date.now() >= deadline) throw new CommandError(`Not switched: still pending:\n${pending}`);
    if (attempt === 0) print('Waiting for what is pending …');
    await delay(pendingIntervalMs, undefined, { signal });
  }
}

function linesOf(plans: readonly SwitchPlan[], state: 'blocked' | 'pending'): string {
  const findings = plans.flatMap((plan) => plan.findings.filter((one) => one.state === state));
  return findings.map(findingLine).join('\n');
}
