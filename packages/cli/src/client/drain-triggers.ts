import {
  jetmeshAnnotations,
  objectKey,
  triggerDrainAnnotations,
  triggerKind,
  watchedDrain,
  type Trigger,
} from '@jetmesh/eventing-api';
import { isNotFound, type KubeClient } from '@jetmesh/kube-controller';
import { setTimeout as delay } from 'node:timers/promises';

/** What became of the events that some Triggers had when they were asked. */
export type DrainOutcome =
  | { readonly kind: 'drained'; readonly triggerCount: number; readonly afterMs: number }
  /** At the deadline these had not settled theirs; they go on delivering. */
  | { readonly kind: 'delivering'; readonly keys: readonly string[] };

const lookIntervalMs = 150;
const patchesAtOnce = 16;

/** Asks Triggers to say when they have settled what they have, and waits for all of them. Nothing is deleted after it. */
export async function drainTriggers(
  triggers: readonly Trigger[],
  waitMs: number,
  { client, signal }: { client: KubeClient; signal: AbortSignal },
): Promise<DrainOutcome> {
  const startedAt = Date.now();
  const asked = triggers.filter(hasConsumer);
  const request = watchedDrain(new Date(startedAt));
  try {
    await annotate(client, asked, request);
    for (;;) {
      const keys = await undrained(client, asked, request);
      const afterMs = Date.now() - startedAt;
      if (keys.length === 0) return { kind: 'drained', triggerCount: asked.length, afterMs };
      if (afterMs >= waitMs) return { kind: 'delivering', keys };
      await delay(lookIntervalMs, undefined, { signal });
    }
  } finally {
    await annotate(client, asked, null);
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
