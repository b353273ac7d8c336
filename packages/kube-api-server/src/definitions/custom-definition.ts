import type { JsonObject } from '../json/json-value.ts';
import type { KubeObject } from '../object/kube-object.ts';
import type { StructuralSchema } from '../schema/structural-schema.ts';

/** A CustomResourceDefinition as stored: its schema has admitted it. */
export interface CustomDefinition extends KubeObject {
  spec: DefinitionSpec;
  status?: DefinitionStatus;
}

export interface DefinitionSpec extends JsonObject {
  group: string;
  scope: string;
  names: DefinitionNames;
  versions: DefinitionVersion[];
  preserveUnknownFields?: boolean;
  conversion?: JsonObject & { strategy: string };
}

export interface DefinitionNames extends JsonObject {
  plural: string;
  singular?: string;
  kind: string;
  listKind?: string;
  shortNames?: string[];
  categories?: string[];
}

export interface DefinitionVersion extends JsonObject {
  name: string;
  served: boolean;
  storage: boolean;
  deprecated?: boolean;
  deprecationWarning?: string;
  schema?: JsonObject & { openAPIV3Schema?: StructuralSchema & JsonObject };
  subresources?: JsonObject & { status?: JsonObject; scale?: DefinitionScale };
  additionalPrinterColumns?: DefinitionColumn[];
  selectableFields?: (JsonObject & { jsonPath: string })[];
}

export interface DefinitionScale extends JsonObject {
  specReplicasPath: string;
  statusReplicasPath: string;
  labelSelectorPath?: string;
}

export interface DefinitionColumn extends JsonObject {
  name: string;
  type: string;
  format?: string;
  description?: string;
  priority?: number;
  jsonPath: string;
}

export interface DefinitionStatus extends JsonObject {
  conditions?: DefinitionCondition[];
  acceptedNames?: DefinitionNames;
  storedVersions?: string[];
}

export interface DefinitionCondition extends JsonObject {
  type: string;
  status: string;
  lastTransitionTime?: string;
  reason?: string;
  message?: string;
}

export const definitionStorageId = 'apiextensions.k8s.io/customresourcedefinitions';

export function isEstablished(definition: CustomDefinition): boolean {
  const conditions = definition.status?.conditions ?? [];
  return conditions.some(({ type, status }) => type === 'Established' && status === 'True');
}
