import type { StructuralSchema } from '../../schema/structural-schema.ts';
import {
  apiVersionOf,
  storageIdOf,
  type PrinterColumn,
  type Resource,
  type ResourceStrategy,
} from '../resource.ts';
import { allVerbs } from '../verbs.ts';
import { ageColumn, nameColumn } from './columns.ts';

interface BuiltIn {
  readonly group?: string;
  readonly version?: string;
  readonly kind: string;
  readonly plural: string;
  readonly isNamespaced?: boolean;
  readonly verbs?: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly schema: StructuralSchema;
  readonly hasStatus?: boolean;
  /** Between name and age. */
  readonly columns?: readonly PrinterColumn[];
  /** In place of name, `columns` and age. */
  readonly allColumns?: readonly PrinterColumn[];
  readonly selectableFields?: readonly string[];
  readonly storageId?: string;
  readonly storageApiVersion?: string;
  readonly strategy?: Partial<ResourceStrategy>;
}

/** A kind that every server has, in one version. */
export function builtInResource(options: BuiltIn): Resource {
  const { group = '', version = 'v1', kind, plural } = options;
  return {
    group,
    plural,
    singular: kind.toLowerCase(),
    kind,
    listKind: `${kind}List`,
    isNamespaced: options.isNamespaced ?? true,
    isCustom: false,
    verbs: options.verbs ?? allVerbs,
    shortNames: options.shortNames ?? [],
    categories: options.categories ?? [],
    storageVersion: version,
    storageId: options.storageId ?? storageIdOf(group, plural),
    storageApiVersion: options.storageApiVersion ?? apiVersionOf(group, version),
    versions: [
      {
        name: version,
        isServed: true,
        schema: options.schema,
        hasStatus: options.hasStatus ?? false,
        scale: undefined,
        columns: options.allColumns ?? [nameColumn, ...(options.columns ?? []), ageColumn],
        selectableFields: options.selectableFields ?? [],
        deprecationWarning: undefined,
      },
    ],
    strategy: { hasGeneration: false, nameRule: 'subdomain', ...options.strategy },
  };
}
