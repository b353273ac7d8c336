import {
  isWatchedDrain,
  jetmeshAnnotations,
  triggerDrainAnnotations,
  type Trigger,
} from '@jetmesh/eventing-api';
import { triggerPatch } from './trigger-patch.ts';

/** One step towards the wanted Triggers of a Subscription. */
export type TriggerStep =
  | { readonly kind: 'create'; readonly trigger: Trigger }
  | { readonly kind: 'patch'; readonly trigger: Trigger; readonly patch: object }
  | { readonly kind: 'delete'; readonly trigger: Trigger; readonly isDrained: boolean }
  /** Nothing to do now; to be looked at again when the Trigger's status or the time says so. */
  | { readonly kind: 'wait'; readonly trigger: Trigger; readonly remainingMs: number };

export interface TriggerPlanInput {
  readonly wanted: readonly Trigger[];
  /** Those that the bridge made for this Subscription before. */
  readonly existing: readonly Trigger[];
  readonly now: Date;
  readonly drainTimeoutMs: number;
}

/** Wanted ones are made or brought into shape; others are drained, then deleted. No step: all is as wanted. */
export function triggerPlan(input: TriggerPlanInput): TriggerStep[] {
  const wantedKeys = new Set(input.wanted.map(placeOf));
  const existing = new Map(input.existing.map((trigger) => [placeOf(trigger), trigger]));
  const unwanted = input.existing.filter((trigger) => !wantedKeys.has(placeOf(trigger)));
  return [
    ...input.wanted.flatMap((trigger) => stepTowards(trigger, existing.get(placeOf(trigger)))),
    ...unwanted.flatMap((trigger) => removalStep(trigger, input)),
  ];
}

function stepTowards(wanted: Trigger, existing: Trigger | undefined): TriggerStep[] {
  if (existing === undefined) return [{ kind: 'create', trigger: wanted }];
  if (existing.metadata.deletionTimestamp !== undefined) return [];
  const patch = triggerPatch(wanted, existing);
  return patch === undefined ? [] : [{ kind: 'patch', trigger: existing, patch }];
}

/** One that never had a consumer has nothing to drain. */
function removalStep(trigger: Trigger, { now, drainTimeoutMs }: TriggerPlanInput): TriggerStep[] {
  const { annotations, deletionTimestamp } = trigger.metadata;
  if (deletionTimestamp !== undefined) return [];
  const status = trigger.status?.annotations;
  if (status === undefined) return [{ kind: 'delete', trigger, isDrained: true }];
  const requested = annotations?.[triggerDrainAnnotations.requested];
  if (requested === undefined || isWatchedDrain(requested)) {
    const patch = { metadata: { annotations: drainAnnotations(annotations, now) } };
    return [{ kind: 'patch', trigger, patch }];
  }
  if (status[triggerDrainAnnotations.drained] === requested) {
    return [{ kind: 'delete', trigger, isDrained: true }];
  }
  const remainingMs = Date.parse(requested) + drainTimeoutMs - now.getTime();
  return remainingMs > 0
    ? [{ kind: 'wait', trigger, remainingMs }]
    : [{ kind: 'delete', trigger, isDrained: false }];
}

/** What was told to wait would never be drained. */
function drainAnnotations(before: Readonly<Record<string, string>> | undefined, now: Date) {
  return {
    [triggerDrainAnnotations.requested]: now.toISOString(),
    ...(before?.[jetmeshAnnotations.paused] === undefined
      ? {}
      : { [jetmeshAnnotations.paused]: null }),
  };
}

function placeOf({ metadata }: Trigger): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
