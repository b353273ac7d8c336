import type { EventPath, HttpSource } from '../http-source/http-source.ts';
import type { Trigger } from '../trigger/trigger.ts';
import type { SwitchFacts } from './switch-facts.ts';

/** The Namespaces that mesh events of an Application reach: the bound ones, else that of its HTTPSource. */
export function meshNamespaces(
  source: HttpSource,
  { activations }: Pick<SwitchFacts, 'activations'>,
): { readonly namespaces: readonly string[]; readonly areBound: boolean } {
  const bound = activations
    .filter(({ spec, metadata }) => {
      return spec.sourceId === source.spec.source && metadata.deletionTimestamp === undefined;
    })
    .map(({ metadata }) => metadata.namespace ?? '');
  return bound.length === 0
    ? { namespaces: [source.metadata.namespace ?? ''], areBound: false }
    : { namespaces: [...new Set(bound)].sort(), areBound: true };
}

/** Keys of the Brokers that store the events of an Application on a path. */
export function brokersOfPath(
  path: EventPath,
  source: HttpSource,
  facts: Pick<SwitchFacts, 'activations' | 'busBroker'>,
): string[] {
  if (path === 'bus') return [facts.busBroker];
  return meshNamespaces(source, facts).namespaces.map((namespace) => `${namespace}/default`);
}

/** Key of the Broker that a Trigger reads. */
export function brokerReadBy({ metadata, spec }: Trigger): string {
  const { broker, brokerRef } = spec;
  const namespace = brokerRef?.namespace ?? metadata.namespace ?? '';
  return `${namespace}/${broker ?? brokerRef?.name ?? 'default'}`;
}
