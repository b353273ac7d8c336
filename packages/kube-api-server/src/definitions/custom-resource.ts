import { textOr } from '../json/json-value.ts';
import { compareVersions } from '../registry/compare-versions.ts';
import { customVerbs } from '../registry/verbs.ts';
import { objectSchema } from '../schema/object-schema.ts';
import type { CustomDefinition, DefinitionVersion } from './custom-definition.ts';
import { nameColumn } from '../registry/built-in/columns.ts';
import {
  apiVersionOf,
  storageIdOf,
  type PrinterColumn,
  type Resource,
  type ResourceVersion,
} from '../registry/resource.ts';

const ageByDefault: PrinterColumn = {
  name: 'Age',
  type: 'date',
  description: 'Time since the object was created.',
  value: '.metadata.creationTimestamp',
};

/** The resource that a definition describes. */
export function customResource(definition: CustomDefinition): Resource {
  const { group, names, scope, versions } = definition.spec;
  const storageVersion = versions.find(({ storage }) => storage)?.name ?? versions[0]?.name ?? '';
  return {
    group,
    plural: names.plural,
    singular: textOr(names.singular, names.kind.toLowerCase()),
    kind: names.kind,
    listKind: textOr(names.listKind, `${names.kind}List`),
    isNamespaced: scope === 'Namespaced',
    isCustom: true,
    verbs: customVerbs,
    shortNames: names.shortNames ?? [],
    categories: names.categories ?? [],
    storageVersion,
    storageId: storageIdOf(group, names.plural),
    storageApiVersion: apiVersionOf(group, storageVersion),
    versions: versions.map((version) => customVersion(definition, version)),
    strategy: { hasGeneration: true, nameRule: 'subdomain', needsRevision: true },
  };
}

function customVersion(definition: CustomDefinition, version: DefinitionVersion): ResourceVersion {
  const { scale } = version.subresources ?? {};
  return {
    name: version.name,
    isServed: version.served,
    schema: objectSchema(version.schema?.openAPIV3Schema ?? { type: 'object' }),
    hasStatus: version.subresources?.status !== undefined,
    scale:
      scale === undefined
        ? undefined
        : {
            specReplicas: scale.specReplicasPath,
            statusReplicas: scale.statusReplicasPath,
            labelSelector: scale.labelSelectorPath,
          },
    columns: [nameColumn, ...customColumns(version)],
    selectableFields: (version.selectableFields ?? []).map(({ jsonPath }) => jsonPath),
    deprecationWarning: warningOf(definition, version),
  };
}

function customColumns(version: DefinitionVersion): PrinterColumn[] {
  const columns = version.additionalPrinterColumns ?? [];
  if (columns.length === 0) return [ageByDefault];
  return columns.map(({ jsonPath, name, type, ...more }) => ({
    name,
    type,
    value: jsonPath,
    priority: more.priority ?? 0,
    ...(more.format === undefined ? {} : { format: more.format }),
    ...(more.description === undefined ? {} : { description: more.description }),
  }));
}

function warningOf(definition: CustomDefinition, version: DefinitionVersion): string | undefined {
  if (version.deprecated !== true) return undefined;
  const { group, names, versions } = definition.spec;
  const text = `${group}/${version.name} ${names.kind} is deprecated`;
  const [newest] = versions
    .filter(({ served, deprecated }) => served && deprecated !== true)
    .map(({ name }) => name)
    .filter((name) => compareVersions(name, version.name) < 0)
    .sort(compareVersions);
  const advice = newest === undefined ? '' : `; use ${group}/${newest} ${names.kind}`;
  return version.deprecationWarning ?? `${text}${advice}`;
}
