import type { FieldProblem } from '../../errors/api-error.ts';
import { invalidValue } from '../../errors/field-problems.ts';
import type { KubeObject } from '../../object/kube-object.ts';
import { listOr, objectOr, shown, textOr } from '../../json/json-value.ts';
import { anything, type StructuralSchema } from '../../schema/structural-schema.ts';
import {
  conditions,
  flag,
  int32,
  listByKey,
  listOf,
  microTime,
  objectReference,
  openObject,
  record,
  setOf,
  text,
  textMap,
} from '../../schema/schema-terms.ts';
import { allVerbs } from '../verbs.ts';
import { builtInResource } from './built-in-resource.ts';
import { column, countOf } from './columns.ts';
import { namespaceStrategy } from './namespace-strategy.ts';
import { validateEndpointSlice } from './validate-endpoint-slice.ts';
import { validateDataKeys } from './validate-data-keys.ts';
import { secretStrategy } from './secret-strategy.ts';

const bytesMap: StructuralSchema = {
  type: 'object',
  additionalProperties: { type: 'string', format: 'byte' },
};

export const namespaceResource = builtInResource({
  kind: 'Namespace',
  plural: 'namespaces',
  verbs: allVerbs.filter((verb) => verb !== 'deletecollection'),
  isNamespaced: false,
  shortNames: ['ns'],
  hasStatus: true,
  schema: record({
    spec: record({ finalizers: listOf(text) }),
    status: record({ phase: text, conditions }),
  }),
  columns: [column('Status', (object) => textOr(objectOr(object.status).phase, ''))],
  selectableFields: ['.status.phase'],
  strategy: namespaceStrategy,
});

export const configMapResource = builtInResource({
  kind: 'ConfigMap',
  plural: 'configmaps',
  shortNames: ['cm'],
  schema: record({
    data: {
      ...textMap,
      description:
        "Data contains the configuration data. Each key must consist of alphanumeric characters, '-', '_' or '.'. Values with non-UTF-8 byte sequences must use the BinaryData field. The keys stored in Data must not overlap with the keys in the BinaryData field, this is enforced during validation process.",
    },
    binaryData: bytesMap,
    immutable: flag,
  }),
  columns: [
    column(
      'Data',
      (object) =>
        Object.keys(objectOr(object.data)).length + Object.keys(objectOr(object.binaryData)).length,
    ),
  ],
  strategy: {
    validate: ({ data, binaryData }) => [
      ...validateDataKeys(data, 'data'),
      ...validateDataKeys(binaryData, 'binaryData'),
    ],
  },
});

export const secretResource = builtInResource({
  kind: 'Secret',
  plural: 'secrets',
  schema: record({ data: bytesMap, stringData: textMap, immutable: flag, type: text }),
  columns: [
    column('Type', (object) => textOr(object.type, '')),
    column('Data', countOf('data'), { type: 'string' }),
  ],
  selectableFields: ['.type'],
  strategy: secretStrategy,
});

export const serviceAccountResource = builtInResource({
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  shortNames: ['sa'],
  schema: record({
    automountServiceAccountToken: flag,
    imagePullSecrets: listByKey(['name'], record({ name: text })),
    secrets: listByKey(['name'], objectReference),
  }),
  columns: [column('Secrets', (object) => listOr(object.secrets).length)],
});

/** Pods are kept and shown, never run. */
export const podResource = builtInResource({
  kind: 'Pod',
  plural: 'pods',
  shortNames: ['po'],
  categories: ['all'],
  hasStatus: true,
  schema: record({
    spec: {
      ...openObject,
      properties: {
        nodeName: text,
        serviceAccountName: text,
        restartPolicy: text,
        containers: listByKey(
          ['name'],
          record(
            { name: text, image: text, command: listOf(text), args: listOf(text) },
            { 'x-kubernetes-preserve-unknown-fields': true },
          ),
        ),
      },
    },
    status: { ...openObject, properties: { phase: text, podIP: text, conditions } },
  }),
  columns: [
    column('Ready', (object) => `0/${listOr(objectOr(object.spec).containers).length}`),
    column('Status', (object) => textOr(objectOr(object.status).phase, 'Unknown')),
    column('Restarts', () => 0),
  ],
  selectableFields: [
    '.spec.nodeName',
    '.spec.serviceAccountName',
    '.status.phase',
    '.status.podIP',
  ],
  strategy: {
    prepareCreate: (object) => ({
      ...object,
      status: { phase: 'Pending', ...objectOr(object.status) },
    }),
  },
});

export const leaseResource = builtInResource({
  group: 'coordination.k8s.io',
  kind: 'Lease',
  plural: 'leases',
  schema: record({
    spec: record({
      holderIdentity: text,
      leaseDurationSeconds: int32,
      acquireTime: microTime,
      renewTime: microTime,
      leaseTransitions: int32,
      strategy: text,
      preferredHolder: text,
    }),
  }),
  columns: [column('Holder', (object) => textOr(objectOr(object.spec).holderIdentity, ''))],
  strategy: { validate: validateLease, needsRevision: true, isCreatedByUpdate: true },
});

export const endpointSliceResource = builtInResource({
  group: 'discovery.k8s.io',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  schema: record(
    {
      addressType: text,
      endpoints: listOf(
        record({
          addresses: setOf(text),
          conditions: record({ ready: flag, serving: flag, terminating: flag }),
          hostname: text,
          nodeName: text,
          zone: text,
          targetRef: objectReference,
          deprecatedTopology: textMap,
          hints: anything,
        }),
      ),
      ports: listOf(record({ name: text, port: int32, protocol: text, appProtocol: text })),
    },
    { required: ['addressType', 'endpoints'] },
  ),
  columns: [
    column('AddressType', (object) => textOr(object.addressType, '')),
    column('Ports', (object) =>
      unsetWhenEmpty(listOr(object.ports).map((port) => shown(objectOr(port).port))),
    ),
    column('Endpoints', (object) =>
      unsetWhenEmpty(
        listOr(object.endpoints).flatMap((endpoint) =>
          listOr(objectOr(endpoint).addresses).map(String),
        ),
      ),
    ),
  ],
  strategy: { hasGeneration: true, validate: validateEndpointSlice },
});

function validateLease({ spec }: KubeObject): FieldProblem[] {
  const { leaseDurationSeconds, leaseTransitions } = objectOr(spec);
  const problems: FieldProblem[] = [];
  if (typeof leaseDurationSeconds === 'number' && leaseDurationSeconds <= 0) {
    const field = 'spec.leaseDurationSeconds';
    problems.push(invalidValue(field, leaseDurationSeconds, 'must be greater than 0'));
  }
  if (typeof leaseTransitions === 'number' && leaseTransitions < 0) {
    const text = 'must be greater than or equal to 0';
    problems.push(invalidValue('spec.leaseTransitions', leaseTransitions, text));
  }
  return problems;
}

function unsetWhenEmpty(texts: string[]): string {
  return texts.length === 0 ? '<unset>' : texts.join(',');
}
