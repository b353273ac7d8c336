import {
  httpSourceKind,
  objectKey,
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
import type { SwitchRequest, SwitchSurroundings } from './switch-request.ts';
import { refuseWhileBlocked, untilClear } from './until-clear.ts';

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
  reportLines(plan).forEach((line) => surroundings.print(line));
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

function reportLines({ source, moves, endpoints, to }: SwitchPlan): string[] {
  const name = source.spec.source;
  if (moves.length === 0) return [`${name} is on the ${to} already: ${endpoints.join(', ')}.`];
  const back = to === 'mesh' ? 'bus' : 'mesh';
  const flags = moves.map((endpoint) => `--endpoint ${endpoint}`).join(' ');
  return [
    `${name} is switched: new events of ${moves.join(', ')} enter the ${to}, confirmed by every adapter replica.`,
    `To go back: jetmesh switch ${name} --to ${back} ${flags}`,
  ];
}
