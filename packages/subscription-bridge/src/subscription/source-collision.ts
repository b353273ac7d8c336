import { applicationTypeName, standardSubject, type HttpSource } from '@jetmesh/eventing-api';
import type { Recognised } from './recognise-subscription.ts';

const anyType = 'a.b';

/**
 * Cleaning drops characters of sources as well: a standard Subscription of one Application then gets the events of
 * others too. Undefined when at most one of the declared Applications is meant.
 */
export function sourceCollision(
  recognised: Recognised,
  httpSources: readonly HttpSource[],
): string | undefined {
  if (recognised.kind !== 'v1alpha2' || recognised.spec.typeMatching !== 'standard')
    return undefined;
  const subject = standardSubject(recognised.spec.source, anyType);
  const names = httpSources
    .filter((source) => standardSubject(applicationTypeName(source), anyType) === subject)
    .map(({ spec }) => JSON.stringify(spec.source));
  const applications = [...new Set(names)].sort();
  if (applications.length < 2) return undefined;
  return `Applications ${applications.join(', ')} have the same subjects: events of all of them are delivered.`;
}
