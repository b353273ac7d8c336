import { describe, expect, it } from '@jest/globals';
import {
  objectKey,
  type EventActivation,
  type HttpSource,
  type SwitchFacts,
} from '@jetmesh/eventing-api';
import { chooseSources, type Selection } from './choose-sources.ts';

function aSource(key: string, source: string, creationTimestamp: string): HttpSource {
  const [namespace = '', name = ''] = key.split('/');
  return {
    apiVersion: 'sources.kyma-project.io/v1alpha1',
    kind: 'HTTPSource',
    metadata: { namespace, name, creationTimestamp },
    spec: { source },
  };
}

const activation: EventActivation = {
  apiVersion: 'applicationconnector.kyma-project.io/v1alpha1',
  kind: 'EventActivation',
  metadata: { namespace: 'billing', name: 'crm' },
  spec: { sourceId: 'crm' },
};
const facts: SwitchFacts = {
  httpSources: [
    aSource('billing/late', 'commerce', '2026-01-02T00:00:00Z'),
    aSource('shop/commerce', 'commerce', '2026-01-01T00:00:00Z'),
    aSource('integration/crm', 'crm', '2026-01-01T00:00:00Z'),
  ],
  subscriptions: [],
  activations: [activation],
  triggers: [],
  brokers: [],
  busBroker: 'kyma-system/event-bus',
};

describe('chooseSources', () => {
  it.each<[string, Selection, string[]]>([
    [
      'the HTTPSource that has the name',
      { kind: 'application', name: 'commerce' },
      ['shop/commerce'],
    ],
    [
      'those of a Namespace, and those bound to it',
      { kind: 'namespace', namespace: 'billing' },
      ['billing/late', 'integration/crm'],
    ],
    ['all', { kind: 'all' }, ['billing/late', 'shop/commerce', 'integration/crm']],
  ])('chooses %s', (_, selection, keys) => {
    const chosen = chooseSources(selection, facts);
    expect(chosen.map(({ metadata }) => objectKey(metadata))).toEqual(keys);
  });

  it.each<[Selection, Partial<SwitchFacts>, string]>([
    [
      { kind: 'application', name: 'commerc' },
      {},
      'No HTTPSource declares an Application "commerc"; there are commerce, crm',
    ],
    [
      { kind: 'namespace', namespace: 'empty' },
      {},
      'No Application is declared in Namespace "empty" or bound to it; there are commerce, crm',
    ],
    [{ kind: 'all' }, { httpSources: [] }, 'No HTTPSource declares an Application; there is none'],
  ])('says what there is when nothing is chosen by %j', (selection, changes, message) => {
    expect(() => chooseSources(selection, { ...facts, ...changes })).toThrow(message);
  });
});
