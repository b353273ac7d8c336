/** Writes manifests/crds/ from the definitions in packages/eventing-api. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { customResourceDefinitions } from '@jetmesh/eventing-api';
import { manifestOf } from './crd-manifest.ts';

const folder = new URL('../manifests/crds/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const definition of customResourceDefinitions) {
  writeFileSync(new URL(`${definition.metadata.name}.yaml`, folder), manifestOf(definition));
}
