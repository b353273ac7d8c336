import {
  httpSourceKind,
  objectKey,
  pathFindings,
  switchPlan,
  type HttpSource,
  type SwitchPlan,
} from '@jetmesh/eventing-api';
import { isConflict, type KubeClient } from '@jetmesh/kube-controller';
import { CommandError } from '../command-context.ts';
import { chooseSources } from './choose-sources.ts';
import { confirmSwitch } from './confirm-switch.ts';
import { planLines } from './plan-lines.ts';
import { readSwitchFacts } from './read-switch-facts.ts';
import { reportLines, verificationLines } from './report-lines.ts';
import type { SwitchRequest, SwitchSurroundings } from './switch-request.ts';
import { refuseWhileBlocked, untilClear } from './until-clear.ts';
import { watchDrain } from './watch-drain.ts';

const maxPatches = 10;

/**
 * Plans, refuses or patches, and waits for the adapters. Of several Applications none is touched while one of them is
 * blocked. Throws a CommandError when it does not end with every one switched.
 */
export async function switchApplications(
  request: SwitchRequest,
  surroundings: SwitchSurroundings,
): Promise<void> {
  const { client, print } = surroundings;
  const plans = await readPlans(request, client);
  plans.flatMap(planLines).forEach((line) => print(line));
  refuseWhileBlocked(plans, request.isForced);
  if (request.isPlanOnly) return;
  const clear = await untilClear(() => readPlans(request, client), request, surroundings);
  for (const plan of clear) await switchOne(plan, request, surroundings);
}

async function readPlans(request: SwitchRequest, client: KubeClient): Promise<SwitchPlan[]> {
  const { selection, to, endpoints, busBroker } = request;
  const facts = await readSwitchFacts(client, busBroker);
  return chooseSources(selection, facts).map((source) =>
    switchPlan({ source, to, endpoints }, facts),
  );
}

async function switchOne(
  planned: SwitchPlan,
  request: SwitchRequest,
  surroundings: SwitchSurroundings,
): Promise<void> {
  const { plan, source } = await patchPlanned(planned, request, surroundings);
  await confirmSwitch(source, request.waitMs, surroundings);
  const isMoved = plan.moves.length > 0;
  const drain = isMoved ? await watchDrain(plan, request, surroundings) : undefined;
  const verified = isMoved ? verificationLines(await verify(plan, request, surroundings)) : [];
  for (const line of [...verified, ...reportLines(plan, drain)]) surroundings.print(line);
}

/** The plan once more, as if nothing had moved: what is left of the path that was left does not matter any more. */
async function verify(
  plan: SwitchPlan,
  { busBroker }: SwitchRequest,
  { client }: SwitchSurroundings,
): Promise<SwitchPlan> {
  const facts = await readSwitchFacts(client, busBroker);
  return { ...plan, findings: pathFindings(plan, facts) };
}

/** A conflict means that the HTTPSource is not as it was planned with: plan again, by the same rules. */
async function patchPlanned(
  planned: SwitchPlan,
  request: SwitchRequest,
  surroundings: SwitchSurroundings,
): Promise<{ plan: SwitchPlan; source: HttpSource }> {
  const key = objectKey(planned.source.metadata);
  const readAgain = async () => {
    const plans = await readPlans(request, surroundings.client);
    return plans.filter(({ source }) => objectKey(source.metadata) === key);
  };
  let plan: SwitchPlan | undefined = planned;
  for (let attempt = 0; attempt < maxPatches && plan !== undefined; attempt += 1) {
    const source = await patchEndpoints(plan, surroundings.client);
    if (source !== 'conflict') return { plan, source };
    [plan] = await untilClear(readAgain, request, surroundings);
  }
  throw new CommandError(`Not switched: HTTPSource ${key} is being changed or deleted by others.`);
}

/** By the resourceVersion of the plan, so that nothing is patched that was not planned with. */
async function patchEndpoints(
  { source, moves, to }: SwitchPlan,
  client: KubeClient,
): Promise<HttpSource | 'conflict'> {
  if (moves.length === 0) return source;
  const { resourceVersion } = source.metadata;
  const endpoints = Object.fromEntries(moves.map((endpoint) => [endpoint, to]));
  const patch = { metadata: { resourceVersion }, spec: { endpoints } };
  try {
    return await client.mergePatch<HttpSource>(httpSourceKind, objectKey(source.metadata), patch);
  } catch (error) {
    if (isConflict(error)) return 'conflict';
    throw error;
  }
}
