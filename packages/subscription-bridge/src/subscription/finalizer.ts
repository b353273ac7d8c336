import type { Subscription } from '@jetmesh/eventing-api';

const finalizer = 'jetmesh.dev/subscription-bridge';

export function hasFinalizer({ metadata }: Subscription): boolean {
  return metadata.finalizers?.includes(finalizer) ?? false;
}

/** Merge patches replace lists whole, so they hold only for the list that was seen. */
export function withFinalizer({ metadata }: Subscription): object {
  return patch(metadata, [...(metadata.finalizers ?? []), finalizer]);
}

export function withoutFinalizer({ metadata }: Subscription): object {
  return patch(
    metadata,
    (metadata.finalizers ?? []).filter((name) => name !== finalizer),
  );
}

function patch({ resourceVersion }: Subscription['metadata'], finalizers: string[]): object {
  return { metadata: { finalizers, resourceVersion } };
}
