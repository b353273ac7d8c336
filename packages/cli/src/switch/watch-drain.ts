import { pathReaders, type SwitchPlan } from '@jetmesh/eventing-api';
import { drainTriggers, type DrainOutcome } from '../client/drain-triggers.ts';
import { readSwitchFacts } from './read-switch-facts.ts';
import type { SwitchRequest, SwitchSurroundings } from './switch-request.ts';

/** Waits until what had entered the path that was left is delivered from there. */
export async function watchDrain(
  plan: SwitchPlan,
  { busBroker, waitMs }: SwitchRequest,
  surroundings: SwitchSurroundings,
): Promise<DrainOutcome> {
  const facts = await readSwitchFacts(surroundings.client, busBroker);
  const left = plan.to === 'mesh' ? 'bus' : 'mesh';
  const triggers = pathReaders({ source: plan.source, to: left }, facts);
  return drainTriggers(triggers, waitMs, surroundings);
}
