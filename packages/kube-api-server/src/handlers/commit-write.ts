import type { KubeObject } from '../object/kube-object.ts';
import type { WriteDecision, WriteResult } from '../store/object-store.ts';
import type { ApiContext } from './api-context.ts';

interface Write {
  readonly storageId: string;
  readonly key: string;
  readonly isDryRun: boolean;
}

/** Decides on the newest state and commits; a dry run decides only. */
export function commitWrite(
  api: ApiContext,
  { storageId, key, isDryRun }: Write,
  decide: (current: KubeObject | undefined) => WriteDecision,
): Promise<WriteResult> {
  return isDryRun
    ? Promise.resolve().then(() => decided(decide(api.store.get(storageId, key))))
    : api.store.write(storageId, key, decide);
}

function decided(decision: WriteDecision): WriteResult {
  switch (decision.kind) {
    case 'keep':
      return { kind: 'kept' };
    case 'put':
      return decision;
    case 'delete':
      return { kind: 'deleted', object: decision.object };
  }
}
