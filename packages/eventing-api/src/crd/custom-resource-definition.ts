import type { KubernetesObject } from '../kubernetes/object.ts';
import type { ResourceKind } from '../kubernetes/resource-kind.ts';
import type { JsonSchema, ValidationRule } from './json-schema.ts';

export interface CustomResourceDefinition extends KubernetesObject {
  spec: {
    group: string;
    scope: 'Namespaced' | 'Cluster';
    names: {
      kind: string;
      listKind: string;
      plural: string;
      singular: string;
      shortNames?: string[];
      categories?: string[];
    };
    versions: CustomResourceVersion[];
    conversion?: { strategy: 'None' };
  };
}

export interface CustomResourceVersion {
  name: string;
  served: boolean;
  storage: boolean;
  deprecated?: boolean;
  schema: { openAPIV3Schema: JsonSchema };
  subresources: { status: Record<string, never> };
  additionalPrinterColumns: PrinterColumn[];
  selectableFields?: { jsonPath: string }[];
}

export interface PrinterColumn {
  name: string;
  type: 'string' | 'date' | 'integer' | 'boolean';
  jsonPath: string;
  priority?: number;
}

export const customResourceDefinitionKind: ResourceKind = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  isNamespaced: false,
};

interface DefinitionOptions {
  readonly kind: ResourceKind;
  readonly categories: string[];
  readonly shortNames?: string[];
  readonly labels?: Record<string, string>;
  readonly versions: CustomResourceVersion[];
}

/** The definition of a namespaced kind; names follow from the kind. */
export function defineResource(options: DefinitionOptions): CustomResourceDefinition {
  const { kind, categories, shortNames, labels, versions } = options;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${kind.plural}.${kind.group}`,
      labels: { 'app.kubernetes.io/part-of': 'jetmesh', ...labels },
    },
    spec: {
      group: kind.group,
      scope: 'Namespaced',
      names: {
        kind: kind.kind,
        listKind: `${kind.kind}List`,
        plural: kind.plural,
        singular: kind.kind.toLowerCase(),
        ...(shortNames === undefined ? {} : { shortNames }),
        categories,
      },
      versions,
      ...(versions.length > 1 ? { conversion: { strategy: 'None' } } : {}),
    },
  };
}

interface VersionOptions {
  readonly name: string;
  readonly isStored?: boolean;
  readonly isDeprecated?: boolean;
  readonly spec: JsonSchema;
  readonly isSpecRequired?: boolean;
  readonly status: JsonSchema;
  /** Of the whole object. */
  readonly rules?: ValidationRule[];
  readonly columns: PrinterColumn[];
}

/** One served version with a status subresource. */
export function defineVersion(options: VersionOptions): CustomResourceVersion {
  const { name, isStored = true, isDeprecated = false, isSpecRequired = true } = options;
  return {
    name,
    served: true,
    storage: isStored,
    ...(isDeprecated ? { deprecated: true } : {}),
    schema: {
      openAPIV3Schema: {
        type: 'object',
        ...(isSpecRequired ? { required: ['spec'] } : {}),
        properties: { spec: options.spec, status: options.status },
        ...(options.rules === undefined ? {} : { 'x-kubernetes-validations': options.rules }),
      },
    },
    subresources: { status: {} },
    additionalPrinterColumns: options.columns,
  };
}

export const ageColumn: PrinterColumn = {
  name: 'Age',
  type: 'date',
  jsonPath: '.metadata.creationTimestamp',
};

/** `Ready` and `Reason`, as every Knative kind shows them. */
export const readyColumns: PrinterColumn[] = [
  { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
  { name: 'Reason', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].reason' },
];
