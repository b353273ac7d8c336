import { subscriptionLabels, triggerKind, type Trigger } from '@jetmesh/eventing-api';
import { isConflict, type KubeClient } from '@jetmesh/kube-controller';
import { CommandError } from '../command-context.ts';

/** Whom a Trigger was made for, once its Subscription is gone: a note for people. */
const migratedFromAnnotation = 'jetmesh.dev/migrated-from';

const maxAttempts = 5;

/** Makes a Trigger of the bridge one like any user's: nothing points back, nobody owns it. Its spec stays. */
export async function detachTrigger(
  client: KubeClient,
  key: string,
  subscription: string,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const trigger = await client.get<Trigger>(triggerKind, key);
    if (trigger === undefined) throw new CommandError(`Trigger ${key} is gone. Run it again.`);
    try {
      await client.mergePatch(triggerKind, key, detachingPatch(trigger, subscription));
      return;
    } catch (error) {
      if (!isConflict(error) || attempt === maxAttempts) throw error;
    }
  }
}

/** By the resourceVersion that was read: owners are replaced as a whole list. */
function detachingPatch({ metadata }: Trigger, subscription: string): object {
  const { resourceVersion, ownerReferences = [] } = metadata;
  return {
    metadata: {
      resourceVersion,
      labels: {
        ...Object.fromEntries(Object.values(subscriptionLabels).map((label) => [label, null])),
        'app.kubernetes.io/managed-by': null,
      },
      annotations: { [migratedFromAnnotation]: subscription },
      ownerReferences: ownerReferences.filter(({ kind }) => kind !== 'Subscription'),
    },
  };
}

/** The opposite: by this label the bridge takes it for its own, and sets the rest. */
export async function attachTrigger(
  client: KubeClient,
  key: string,
  subscriptionUid: string,
): Promise<void> {
  await client.mergePatch<Trigger>(triggerKind, key, {
    metadata: {
      labels: { [subscriptionLabels.uid]: subscriptionUid },
      annotations: { [migratedFromAnnotation]: null },
    },
  });
}
