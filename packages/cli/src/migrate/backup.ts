import { objectKey, type Subscription, type Trigger } from '@jetmesh/eventing-api';

/** What is kept of a migrated Subscription: enough to make it again, and the Triggers that stay in its place. */
export interface SubscriptionBackup {
  readonly subscription: Subscription;
  /** Keys. */
  readonly triggers: readonly string[];
}

export function backupOf(
  { apiVersion, kind, metadata, spec }: Subscription,
  staying: readonly Trigger[],
): SubscriptionBackup {
  const { name, namespace = '', labels, annotations } = metadata;
  return {
    subscription: {
      apiVersion,
      kind,
      metadata: {
        name,
        namespace,
        ...(labels === undefined ? {} : { labels }),
        ...(annotations === undefined ? {} : { annotations }),
      },
      ...(spec === undefined ? {} : { spec }),
    },
    triggers: staying.map((trigger) => objectKey(trigger.metadata)),
  };
}

export function backupText(backup: SubscriptionBackup): string {
  return `${JSON.stringify(backup, undefined, 2)}\n`;
}

/** Undefined: somebody has changed it into something else. */
export function readBackup(text: string): SubscriptionBackup | undefined {
  try {
    const { subscription, triggers } = JSON.parse(text) as Partial<SubscriptionBackup>;
    const isWhole = typeof subscription?.metadata.name === 'string' && Array.isArray(triggers);
    return isWhole ? { subscription, triggers } : undefined;
  } catch {
    return undefined;
  }
}

/** A run that was interrupted has detached Triggers already: they stay in the backup. */
export function mergedBackup(
  earlier: SubscriptionBackup | undefined,
  now: SubscriptionBackup,
): SubscriptionBackup {
  const triggers = [...new Set([...(earlier?.triggers ?? []), ...now.triggers])].sort();
  return { ...now, triggers };
}
