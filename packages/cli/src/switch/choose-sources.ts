import { ownerOfSource, type HttpSource, type SwitchFacts } from '@jetmesh/eventing-api';
import { CommandError } from '../command-context.ts';

/** Which Applications a switch is for. */
export type Selection =
  | { readonly kind: 'application'; readonly name: string }
  /** Those that are declared in the Namespace, and those that an EventActivation binds to it. */
  | { readonly kind: 'namespace'; readonly namespace: string }
  | { readonly kind: 'all' };

export function chooseSources(selection: Selection, facts: SwitchFacts): HttpSource[] {
  const chosen = chosenSources(selection, facts);
  if (chosen.length > 0) return chosen;
  const names = [...new Set(facts.httpSources.map(({ spec }) => spec.source))].sort();
  const known = names.length === 0 ? 'there is none' : `there are ${names.join(', ')}`;
  throw new CommandError(`${absence(selection)}; ${known}`);
}

function chosenSources(selection: Selection, { httpSources, activations }: SwitchFacts) {
  switch (selection.kind) {
    case 'application':
      // Others that claim the same name have no effect.
      return [ownerOfSource(selection.name, httpSources)].filter((one) => one !== undefined);
    case 'namespace': {
      const bound = activations
        .filter(({ metadata }) => metadata.namespace === selection.namespace)
        .map(({ spec }) => spec.sourceId);
      return httpSources.filter(({ metadata, spec }) => {
        return metadata.namespace === selection.namespace || bound.includes(spec.source);
      });
    }
    case 'all':
      return [...httpSources];
  }
}

function absence(selection: Selection): string {
  switch (selection.kind) {
    case 'application':
      return `No HTTPSource declares an Application "${selection.name}"`;
    case 'namespace':
      return `No Application is declared in Namespace "${selection.namespace}" or bound to it`;
    case 'all':
      return 'No HTTPSource declares an Application';
  }
}
