import { describe, expect, it } from '@jest/globals';
import { customResourceDefinitions } from '@jetmesh/eventing-api';
import { readFileSync, readdirSync } from 'node:fs';
import { manifestOf } from '../../scripts/crd-manifest.ts';

const folder = new URL('../../manifests/crds/', import.meta.url);

describe('manifests/crds', () => {
  it('holds exactly the kinds that eventing-api defines', () => {
    const expected = customResourceDefinitions.map(({ metadata }) => `${metadata.name}.yaml`);
    expect(readdirSync(folder).sort()).toEqual(expected.sort());
  });

  it.each(customResourceDefinitions)(
    'is current for $metadata.name (npm run generate)',
    (definition) => {
      const file = new URL(`${definition.metadata.name}.yaml`, folder);
      expect(readFileSync(file, 'utf8')).toBe(manifestOf(definition));
    },
  );
});
