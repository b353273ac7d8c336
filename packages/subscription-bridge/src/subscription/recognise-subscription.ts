import type { Subscription } from '@jetmesh/eventing-api';
import { readOldSpec, type OldSpec } from './read-old-spec.ts';
import { readV1alpha1Spec, type V1alpha1Spec } from './read-v1alpha1-spec.ts';
import { readV1alpha2Spec, type V1alpha2Spec } from './read-v1alpha2-spec.ts';
import type { Reading } from './reading.ts';

/** The generation of Kyma whose fields a Subscription has. */
type SubscriptionShape = 'old' | 'v1alpha1' | 'v1alpha2';

/** A Subscription by the fields it has, or everything that is wrong with it. */
export type Recognised =
  | { readonly kind: 'old'; readonly spec: OldSpec }
  | { readonly kind: 'v1alpha1'; readonly spec: V1alpha1Spec }
  | { readonly kind: 'v1alpha2'; readonly spec: V1alpha2Spec }
  | {
      readonly kind: 'invalid';
      readonly shape: SubscriptionShape;
      readonly problems: readonly string[];
    };

/** Told by fields, never by `apiVersion`: all three shapes are stored as one version. */
export function recogniseSubscription(subscription: Subscription): Recognised {
  const { spec = {} } = subscription;
  const namespace = subscription.metadata.namespace ?? '';
  if (spec.endpoint !== undefined) return recognised('old', readOldSpec(spec));
  if (spec.filter !== undefined) {
    return recognised('v1alpha1', readV1alpha1Spec(spec, namespace));
  }
  return recognised('v1alpha2', readV1alpha2Spec(spec, namespace));
}

type Valid = Exclude<Recognised, { kind: 'invalid' }>;

function recognised<K extends SubscriptionShape>(
  kind: K,
  reading: Reading<Extract<Valid, { kind: K }>['spec']>,
): Recognised {
  return 'problems' in reading
    ? { kind: 'invalid', shape: kind, problems: reading.problems }
    : ({ kind, spec: reading.spec } as Extract<Valid, { kind: K }>);
}
