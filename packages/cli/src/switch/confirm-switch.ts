import { objectKey, type HttpSource } from '@jetmesh/eventing-api';
import { setTimeout as delay } from 'node:timers/promises';
import { replicasBehind } from '../client/routed-generations.ts';
import { CommandError } from '../command-context.ts';
import type { SwitchSurroundings } from './switch-request.ts';

const lookIntervalMs = 100;

/** Waits until every live adapter replica routes by this generation, and no request runs by an older one. */
export async function confirmSwitch(
  source: HttpSource,
  waitMs: number,
  { client, signal }: SwitchSurroundings,
): Promise<void> {
  const { generation = 0 } = source.metadata;
  const key = objectKey(source.metadata);
  const deadline = Date.now() + waitMs;
  for (;;) {
    const behind = await replicasBehind(client, source);
    if (behind.length === 0) return;
    if (Date.now() >= deadline) {
      throw new CommandError(
        `HTTPSource ${key} is patched, but generation ${generation} is not confirmed: ${behind.join(', ')}. ` +
          'The same command waits again.',
      );
    }
    await delay(lookIntervalMs, undefined, { signal });
  }
}
