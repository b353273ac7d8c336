import { describe, expect, it } from '@jest/globals';
import type { HttpSource } from '../http-source/http-source.ts';
import { ownerOfSource } from './owner-of-source.ts';

function anHttpSource(name: string, creationTimestamp: string, source = 'commerce'): HttpSource {
  return {
    apiVersion: 'sources.kyma-project.io/v1alpha1',
    kind: 'HTTPSource',
    metadata: { name, namespace: 'integration', creationTimestamp },
    spec: { source },
  };
}

describe('ownerOfSource', () => {
  it('goes by age, then by key, among those with the source', () => {
    const late = anHttpSource('a', '2026-01-02T00:00:00Z');
    const early = anHttpSource('c', '2026-01-01T00:00:00Z');
    const twin = anHttpSource('b', '2026-01-01T00:00:00Z');
    const other = anHttpSource('d', '2025-01-01T00:00:00Z', 'other');
    expect(ownerOfSource('commerce', [late, early, twin, other])).toBe(twin);
    expect(ownerOfSource('nobody', [late])).toBeUndefined();
  });
});
