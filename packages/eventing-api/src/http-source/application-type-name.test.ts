import { describe, expect, it } from '@jest/globals';
import { applicationTypeName } from './application-type-name.ts';

describe('applicationTypeName', () => {
  it.each<[Record<string, string>, string]>([
    [{}, 'commerce'],
    [{ 'application-type': 'mart' }, 'mart'],
    [{ 'Application-Type': 'mart' }, 'mart'],
    [{ 'application-type': '' }, 'commerce'],
    [{ 'example.com/application-type': 'mart' }, 'commerce'],
  ])('with the labels %j is %s', (labels, name) => {
    const source = {
      apiVersion: 'sources.kyma-project.io/v1alpha1',
      kind: 'HTTPSource',
      metadata: { name: 'any', labels },
      spec: { source: 'commerce' },
    };
    expect(applicationTypeName(source)).toBe(name);
  });
});
