import { objectKey } from '@jetmesh/eventing-api';
import { keyOfStep, type MigrationStep } from './migration-plan.ts';

const order = ['blocked', 'pending', 'skipped', 'leaving', 'migrate'] as const;

/** A plan as a person reads it: what stands in the way first. */
export function migrationLines(namespace: string, steps: readonly MigrationStep[]): string[] {
  const heading = `Namespace ${namespace}: ${steps.length === 1 ? '1 Subscription' : `${steps.length} Subscriptions`}`;
  const sorted = order.flatMap((kind) => steps.filter((step) => step.kind === kind));
  return [heading, ...sorted.map(stepLine)];
}

export function stepLine(step: MigrationStep): string {
  return `  ${step.kind.padEnd(9)}Subscription ${keyOfStep(step)}: ${detailOf(step)}`;
}

function detailOf(step: MigrationStep): string {
  switch (step.kind) {
    case 'migrate':
      return step.staying.length === 0
        ? 'its Triggers on the mesh are users’ already'
        : `${step.staying.map(({ metadata }) => objectKey(metadata)).join(', ')} will stay`;
    case 'leaving':
      return 'being deleted by an earlier run, or by somebody';
    case 'skipped':
    case 'pending':
    case 'blocked':
      return step.detail;
  }
}
