/** An object that no API server may take, and Knative's words for why. */
export interface RejectedObject {
  readonly title: string;
  readonly object: SpecObject;
  /** Present for rules about changes: stored first, then replaced by `object`. */
  readonly stored?: SpecObject;
  /** Field of the refusal's cause. */
  readonly field: string;
  readonly message: string;
}

export interface SpecObject {
  readonly kind: 'Broker' | 'Trigger' | 'EventType';
  /** `v1` when absent. */
  readonly version?: string;
  readonly spec: object;
}

const subscriber = { uri: 'http://example.com' };

function trigger(spec: object): SpecObject {
  return { kind: 'Trigger', spec: { broker: 'default', subscriber, ...spec } };
}

function broker(spec: object): SpecObject {
  return { kind: 'Broker', spec };
}

function eventType(missing: string, reference?: object): SpecObject {
  const names = ['type', 'source', 'specversion', 'id'].filter((name) => name !== missing);
  const attributes = names.map((name) => ({ name, required: true }));
  return { kind: 'EventType', version: 'v1beta3', spec: { attributes, reference } };
}

function config(name: string): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', name, namespace: 'knative-eventing' };
}

const ref = { apiVersion: 'v1', kind: 'Service', name: 'subscriber' };
const badName = (name: string) =>
  `invalid key name "${name}": Attribute name must start with a letter and can only contain lowercase alphanumeric`;
const oneDialect = 'multiple dialects found, filters can have only one dialect set';
const noAbsoluteUri =
  'Absolute URI is not allowed when Ref or [apiVersion, kind, name] is present: [apiVersion, kind, name], ';
const noRelativeUri =
  'invalid value: Relative URI is not allowed when Ref and [apiVersion, kind, name] is absent: ';

const invalidDelivery: readonly (readonly [string, string])[] = [
  ['backoffPolicy', 'random'],
  ['backoffDelay', '5s'],
  ['backoffDelay', 'P'],
  ['backoffMax', 'PT0S'],
  ['timeout', 'PT0S'],
  ['timeout', '1h'],
  ['retryAfterMax', 'PT'],
  ['format', 'xml'],
];

/** Every place of a Destination; each has the same rules. */
const destinations: readonly { path: string; readonly at: (destination: object) => SpecObject }[] =
  [
    { path: 'spec.subscriber', at: (destination) => trigger({ subscriber: destination }) },
    {
      path: 'spec.delivery.deadLetterSink',
      at: (destination) => trigger({ delivery: { deadLetterSink: destination } }),
    },
    {
      path: 'spec.delivery.deadLetterSink',
      at: (destination) => broker({ delivery: { deadLetterSink: destination } }),
    },
  ];

function rejectedDestinations({ path, at }: (typeof destinations)[number]): RejectedObject[] {
  const { kind } = at({});
  return [
    {
      title: `a ${kind} with neither ref nor uri in ${path}`,
      object: at({}),
      field: path,
      message: `expected at least one, got none: ${path}.ref, ${path}.uri`,
    },
    {
      title: `a ${kind} with ref and an absolute uri in ${path}`,
      object: at({ ref, uri: 'http://example.com' }),
      field: path,
      message: `${noAbsoluteUri}${path}.ref, ${path}.uri`,
    },
    {
      title: `a ${kind} with only a relative uri in ${path}`,
      object: at({ uri: '/path' }),
      field: path,
      message: `${noRelativeUri}${path}.uri`,
    },
    ...['apiVersion', 'kind', 'name'].map((missing) => ({
      title: `a ${kind} with a ref without ${missing} in ${path}`,
      object: at({ ref: { ...ref, [missing]: undefined } }),
      field: `${path}.ref`,
      message: `missing field(s): ${path}.ref.${missing}`,
    })),
    {
      title: `a ${kind} with an empty name in a ref in ${path}`,
      object: at({ ref: { ...ref, name: '' } }),
      field: `${path}.ref`,
      message: `missing field(s): ${path}.ref.name`,
    },
    {
      title: `a ${kind} with no certificate in CACerts in ${path}`,
      object: at({ ref, CACerts: 'pem' }),
      field: `${path}.CACerts`,
      message: 'invalid value: CA Cert provided is invalid: caCert',
    },
  ];
}

export const rejectedObjects: readonly RejectedObject[] = [
  {
    title: 'a Trigger without a Broker',
    object: { kind: 'Trigger', spec: { subscriber } },
    field: 'spec',
    message: 'missing field(s): spec.broker',
  },
  {
    title: 'a Trigger with an empty Broker',
    object: trigger({ broker: '' }),
    field: 'spec',
    message: 'missing field(s): spec.broker',
  },
  {
    title: 'a Trigger with broker and brokerRef',
    object: trigger({ brokerRef: { kind: 'Broker', name: 'default' } }),
    field: 'spec',
    message: 'expected exactly one, got both: spec.broker, spec.brokerRef',
  },
  {
    title: 'another Broker for a Trigger',
    stored: trigger({}),
    object: trigger({ broker: 'other' }),
    field: 'spec',
    message: 'Immutable fields changed (-old +new): broker, spec',
  },
  ...destinations.flatMap(rejectedDestinations),
  {
    title: 'an attribute name with capitals in filter',
    object: trigger({ filter: { attributes: { Type: 'x' } } }),
    field: 'spec.filter.attributes',
    message: badName('Type'),
  },
  ...['exact', 'prefix', 'suffix'].map((dialect) => ({
    title: `an attribute name with a dash in ${dialect}`,
    object: trigger({ filters: [{ [dialect]: { 'my-name': 'x' } }] }),
    field: `spec.filters[0].${dialect}`,
    message: badName('my-name'),
  })),
  {
    title: 'two dialects in one filter',
    object: trigger({ filters: [{ exact: { type: 'x' }, suffix: { source: 'y' } }] }),
    field: 'spec.filters[0]',
    message: oneDialect,
  },
  {
    title: 'a negative retry',
    object: trigger({ delivery: { retry: -1 } }),
    field: 'spec.delivery.retry',
    message: 'invalid value: spec.delivery.retry',
  },
  ...invalidDelivery.map(([option, value]) => ({
    title: `${option} ${value}`,
    object: trigger({ delivery: { [option]: value } }),
    field: `spec.delivery.${option}`,
    message: `invalid value: ${value}: spec.delivery.${option}`,
  })),
  {
    title: 'a Trigger without a subscriber',
    object: { kind: 'Trigger', spec: { broker: 'default' } },
    field: 'spec',
    message: 'expected at least one, got none: spec.subscriber.ref, spec.subscriber.uri',
  },
  {
    title: 'a brokerRef without a name',
    object: { kind: 'Trigger', spec: { brokerRef: { kind: 'Broker' }, subscriber } },
    field: 'spec.brokerRef',
    message: 'missing field(s): spec.brokerRef.name',
  },
  ...['apiVersion', 'kind', 'name'].map((missing) => ({
    title: `a Broker with a config without ${missing}`,
    object: broker({ config: { ...config('a'), [missing]: undefined } }),
    field: 'spec.config',
    message: `missing field(s): spec.config.${missing}`,
  })),
  {
    title: 'a Broker with a number for a name of a config',
    object: broker({ config: { ...config('a'), name: 5 } }),
    field: 'spec.config.name',
    message: 'must be of type string: "integer"',
  },
  {
    title: 'another config for a Broker',
    stored: broker({ config: config('a') }),
    object: broker({ config: config('b') }),
    field: 'spec',
    message: 'Immutable fields changed (-old +new): spec',
  },
  {
    title: 'no config any more for a Broker',
    stored: broker({ config: config('a') }),
    object: broker({}),
    field: 'spec',
    message: 'Immutable fields changed (-old +new): spec',
  },
  {
    title: 'an EventType of v1beta2 without a type',
    object: { kind: 'EventType', version: 'v1beta2', spec: {} },
    field: 'spec',
    message: 'missing field(s): spec.type',
  },
  ...['type', 'source', 'specversion', 'id'].map((missing) => ({
    title: `an EventType of v1beta3 without the attribute ${missing}`,
    object: eventType(missing),
    field: 'spec',
    message: `missing field(s): spec.attributes.${missing}`,
  })),
  ...['kind', 'name'].map((missing) => ({
    title: `an EventType with a reference without ${missing}`,
    object: eventType('', { kind: 'Broker', name: 'default', [missing]: undefined }),
    field: 'spec.reference',
    message: `missing field(s): spec.reference.${missing}`,
  })),
  {
    title: 'a config for a Broker that had none',
    stored: broker({}),
    object: broker({ config: config('a') }),
    field: 'spec',
    message: 'Immutable fields changed (-old +new): spec',
  },
];
