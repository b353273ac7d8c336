import { describe, expect, it } from '@jest/globals';
import type { ObjectMetadata } from '../object/kube-object.ts';
import { validateMetadataChange } from './validate-metadata-change.ts';
import { validateMetadata } from './validate-metadata.ts';

function fieldsOf(metadata: ObjectMetadata, rule: 'label' | 'subdomain' = 'subdomain'): string[] {
  const object = { apiVersion: 'v1', kind: 'Thing', metadata };
  return validateMetadata(object, rule).map(({ field }) => field);
}

const owner = { apiVersion: 'v1', kind: 'Thing', uid: 'u', controller: true };

describe('validateMetadata', () => {
  it.each<[string, ObjectMetadata]>([
    ['plain names', { name: 'a-1' }],
    ['names with dots', { name: 'a.b.c' }],
    ['labels', { name: 'a', labels: { app: 'x', 'example.com/y': '' } }],
    ['annotations of any text', { name: 'a', annotations: { 'Example.com/Note': 'any text\n' } }],
    ['finalizers', { name: 'a', finalizers: ['example.com/hold'] }],
    ['one controller', { name: 'a', ownerReferences: [{ ...owner, name: 'x' }] }],
  ])('allows %s', (_what, metadata) => {
    expect(fieldsOf(metadata)).toEqual([]);
  });

  it.each<[string, ObjectMetadata, string]>([
    ['capitals', { name: 'A' }, 'metadata.name'],
    ['a dash at the end', { name: 'a-' }, 'metadata.name'],
    ['a long name', { name: 'a'.repeat(254) }, 'metadata.name'],
    ['a bad label', { name: 'a', labels: { 'a b': 'x' } }, 'metadata.labels'],
    ['a bad label value', { name: 'a', labels: { a: 'x/y' } }, 'metadata.labels'],
    ['an empty prefix', { name: 'a', labels: { '/a': 'x' } }, 'metadata.labels'],
    ['a bad finalizer', { name: 'a', finalizers: ['a b'] }, 'metadata.finalizers[0]'],
    [
      'big annotations',
      { name: 'a', annotations: { a: 'x'.repeat(256 * 1024) } },
      'metadata.annotations',
    ],
    [
      'two controllers',
      {
        name: 'a',
        ownerReferences: [
          { ...owner, name: 'x' },
          { ...owner, name: 'y' },
        ],
      },
      'metadata.ownerReferences',
    ],
  ])('refuses %s', (_what, metadata, field) => {
    expect(fieldsOf(metadata)).toEqual([field]);
  });

  it('allows no dots in a label', () => {
    expect(fieldsOf({ name: 'a.b' }, 'label')).toEqual(['metadata.name']);
    expect(fieldsOf({ name: 'a'.repeat(64) }, 'label')).toEqual(['metadata.name']);
  });
});

describe('validateMetadataChange', () => {
  it.each<[string | undefined, string[], number]>([
    [undefined, ['a', 'b'], 0],
    ['2026-01-01T00:00:00Z', [], 0],
    ['2026-01-01T00:00:00Z', ['a'], 0],
    ['2026-01-01T00:00:00Z', ['a', 'b'], 1],
  ])('when deleted at %p, of the finalizers %p', (deletionTimestamp, finalizers, count) => {
    const deleted = deletionTimestamp === undefined ? {} : { deletionTimestamp };
    const previous = {
      apiVersion: 'v1',
      kind: 'T',
      metadata: { name: 'x', finalizers: ['a'], ...deleted },
    };
    const next = { ...previous, metadata: { ...previous.metadata, finalizers } };
    expect(validateMetadataChange(next, previous)).toHaveLength(count);
  });
});
