import { applicationTypeName, ownerOfSource, type Subscription } from '@jetmesh/eventing-api';
import { indexes, type ClusterView } from '../cluster-view.ts';
import type { Recognised } from './recognise-subscription.ts';
import { serviceOfSink } from './validate-sink.ts';

type Valid = Exclude<Recognised, { kind: 'invalid' }>;

/** An old Subscription needs an EventActivation of its source in its Namespace, which is not being deleted. */
export function isActivated(
  { metadata }: Subscription,
  recognised: Valid,
  { activations }: ClusterView,
): boolean {
  if (recognised.kind !== 'old') return true;
  return activations.store
    .listBy(indexes.source, recognised.spec.source)
    .some(
      (activation) =>
        activation.metadata.namespace === metadata.namespace &&
        activation.metadata.deletionTimestamp === undefined,
    );
}

/** What an Application is called in subjects, declared or not. */
export function typeNameIn(name: string, { httpSources }: ClusterView): string {
  const owner = ownerOfSource(name, httpSources.store.listBy(indexes.source, name));
  return owner === undefined ? name : applicationTypeName(owner);
}

/** Kyma's check of every reconcile; the endpoint of an old Subscription may be anywhere. */
export function sinkProblems(recognised: Valid, { services }: ClusterView): string[] {
  if (recognised.kind === 'old') return [];
  const { namespace, name } = serviceOfSink(recognised.spec.sink);
  if (services.store.get(`${namespace}/${name}`) !== undefined) return [];
  return [`Sink validation failed: service ${name}.${namespace} not found in the cluster`];
}
