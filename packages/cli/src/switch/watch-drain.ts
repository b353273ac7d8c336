import {
  jetmeshAnnotations,
  objectKey,
  pathReaders,
  triggerDrainAnnotations,
  triggerKind,
  watchedDrain,
  type SwitchPlan,
  type Trigger,
} from '@jetmesh/eventing-api';
import { isNotFound, type KubeClient } from '@jetmesh/kube-controller';
import { setTimeout as delay } from 'node:timers/promises';
import { readSwitchFacts } from './read-switch-facts.ts';
import type { SwitchRequest, SwitchSurroundings } from './switch-request.ts';

/** What became of the events that had entered the path which was left. */
export type DrainOutcome =
  | { readonly kind: 'drained'; readonly triggerCount: number; readonly afterMs: number }
  /** At the deadline some Triggers had not settled theirs; they go on delivering. */
  | { readonly kind: 'delivering'; readonly keys: readonly string[] };

const lookIntervalMs = 150;
const patchesAtOnce = 16;

/** Asks every Trigger on the path that was left to say when it has settled what it had, and waits for all of them. */
export async function watchDrain(
  plan: SwitchPlan,
  { busBroker, waitMs }: SwitchRequest,
  { client, signal }: SwitchSurroundings,
): Promise<DrainOutcome> {
  const startedAt = Date.now();
  const facts = await readSwitchFacts(client, busBroker);
  const left = {
    source: plan.source,
    to: plan.to === 'mesh' ? ('bus' as const) : ('mesh' as const),
  };
  const triggers = pathReaders(left, facts).filter(hasConsumer);
  const request = watchedDrain(new Date(startedAt));
  try {
    await annotate(client, triggers, request);
    for (;;) {
      const keys = await undrained(client, triggers, request);
      const afterMs = Date.now() - startedAt;
      if (keys.length === 0) return { kind: 'drained', triggerCount: triggers.length, afterMs };
      if (afterMs >= waitMs) return { kind: 'delivering', keys };
      await delay(lookIntervalMs, undefined, { signal });
    }
  } finally {
    await annotate(client, triggers, null);
  }
}

function hasConsumer({ status, metadata }: Trigger): boolean {
  const isThere = status?.annotations?.[jetmeshAnnotations.consumer] !== undefined;
  return isThere && metadata.deletionTimestamp === undefined;
}

async function undrained(client: KubeClient, triggers: readonly Trigger[], request: string) {
  if (triggers.length === 0) return [];
  const asked = new Set(triggers.map(({ metadata }) => metadata.uid));
  const { items } = await client.list<Trigger>(triggerKind);
  return items
    .filter(({ metadata }) => asked.has(metadata.uid))
    .filter(({ status }) => status?.annotations?.[triggerDrainAnnotations.drained] !== request)
    .map(({ metadata }) => objectKey(metadata));
}

/** One that is gone meanwhile has nothing to say. */
async function annotate(client: KubeClient, triggers: readonly Trigger[], request: string | null) {
  const patch = { metadata: { annotations: { [triggerDrainAnnotations.requested]: request } } };
  for (let start = 0; start < triggers.length; start += patchesAtOnce) {
    const group = triggers.slice(start, start + patchesAtOnce);
    await Promise.all(
      group.map(({ metadata }) =>
        client.mergePatch(triggerKind, objectKey(metadata), patch).catch((error: unknown) => {
          if (!isNotFound(error)) throw error;
        }),
      ),
    );
  }
}
