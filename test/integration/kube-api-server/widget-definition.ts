const text = { type: 'string' };

const spec = {
  type: 'object',
  required: ['colour'],
  'x-kubernetes-validations': [
    { rule: 'self.replicas <= self.maxReplicas', message: 'too many replicas' },
  ],
  properties: {
    colour: {
      type: 'string',
      enum: ['red', 'green', 'blue'],
      'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: 'colour is immutable' }],
    },
    replicas: { type: 'integer', default: 1, minimum: 0 },
    maxReplicas: { type: 'integer', default: 10 },
    ports: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['port'],
      items: {
        type: 'object',
        required: ['port'],
        properties: { port: { type: 'integer' }, name: text },
      },
    },
    open: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  },
};

const status = {
  type: 'object',
  properties: {
    replicas: { type: 'integer' },
    selector: text,
    conditions: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['type'],
      items: {
        type: 'object',
        required: ['type', 'status'],
        properties: { type: text, status: text, reason: text },
      },
    },
  },
};

const version = {
  served: true,
  schema: { openAPIV3Schema: { type: 'object', required: ['spec'], properties: { spec, status } } },
  subresources: {
    status: {},
    scale: {
      specReplicasPath: '.spec.replicas',
      statusReplicasPath: '.status.replicas',
      labelSelectorPath: '.status.selector',
    },
  },
  selectableFields: [{ jsonPath: '.spec.colour' }],
  additionalPrinterColumns: [
    { name: 'Colour', type: 'string', jsonPath: '.spec.colour' },
    { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
  ],
};

/** A definition with most of what definitions can say, in two versions. */
export const widgetDefinition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { kind: 'Widget', plural: 'widgets', shortNames: ['wd'], categories: ['all'] },
    versions: [
      { ...version, name: 'v1', storage: true },
      { ...version, name: 'v1beta1', storage: false, deprecated: true },
    ],
  },
};

export function aWidget(name: string, spec: object = {}, metadata: object = {}): object {
  return {
    apiVersion: 'example.com/v1',
    kind: 'Widget',
    metadata: { name, ...metadata },
    spec: { colour: 'red', ...spec },
  };
}
