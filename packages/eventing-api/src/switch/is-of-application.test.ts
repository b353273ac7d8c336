import { describe, expect, it } from '@jest/globals';
import type { HttpSource } from '../http-source/http-source.ts';
import { isOfApplication } from './is-of-application.ts';

function anApplication(name: string, labels: Record<string, string> = {}): HttpSource {
  return {
    apiVersion: 'sources.kyma-project.io/v1alpha1',
    kind: 'HTTPSource',
    metadata: { name: 'any', namespace: 'shop', labels },
    spec: { source: name },
  };
}

function isOf(spec: Record<string, unknown> | undefined, application: HttpSource): boolean {
  const metadata = { name: 'any', namespace: 'shop' };
  const base = { apiVersion: 'eventing.kyma-project.io/v1alpha2', kind: 'Subscription', metadata };
  return isOfApplication(spec === undefined ? base : { ...base, spec }, application);
}

const commerce = anApplication('commerce');
const dashed = anApplication('my-shop.eu');
const labelled = anApplication('commerce', { 'Application-Type': 'mart' });
const old = (source: string) => ({ endpoint: 'http://a', source_id: source });
const v1alpha1 = (type: unknown) => ({ filter: { filters: [{ eventType: { value: type } }] } });

describe('isOfApplication', () => {
  it.each<[string, Record<string, unknown> | undefined, HttpSource, boolean]>([
    ['an old one of this source', old('commerce'), commerce, true],
    ['an old one of another', old('commerce2'), commerce, false],
    ['an old one knows no type name', old('mart'), labelled, false],
    ['v1alpha2 of this source', { source: 'commerce', types: ['a.v1'] }, commerce, true],
    ['v1alpha2 of another', { source: 'commerc', types: ['a.v1'] }, commerce, false],
    ['v1alpha2 of a source that cleans to it', { source: 'my-shopeu', types: [] }, dashed, true],
    ['v1alpha2 of the type name', { source: 'mart', types: ['a.v1'] }, labelled, true],
    ['v1alpha1 of this Application', v1alpha1('sap.kyma.custom.commerce.a.b.v1'), commerce, true],
    ['v1alpha1 of a cleaned name', v1alpha1('sap.kyma.custom.my-shopeu.a.b.v1'), dashed, true],
    ['v1alpha1 of another', v1alpha1('sap.kyma.custom.commerce2.a.b.v1'), commerce, false],
    ['v1alpha1 without text', v1alpha1(7), commerce, false],
    ['v1alpha1 with nothing in it', { filter: { filters: [null] } }, commerce, false],
    [
      'exact by its type alone',
      { source: '', types: ['sap.kyma.custom.commerce.a.b.v1'], typeMatching: 'exact' },
      commerce,
      true,
    ],
    ['no spec at all', undefined, commerce, false],
  ])('%s', (_, spec, application, expected) => {
    expect(isOf(spec, application)).toBe(expected);
  });
});
