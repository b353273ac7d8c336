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
  readonly kind: 'Broker' | 'Trigger';
  readonly spec: object;
}

const subscriber = { uri: 'http://example.com' };

function trigger(spec: object): SpecObject {
  return { kind: 'Trigger', spec: { broker: 'default', subscriber, ...spec } };
}

function broker(spec: object): SpecObject {
  return { kind: 'Broker', spec };
}

function config(name: string): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', name, namespace: 'knative-eventing' };
}

const ref = { apiVersion: 'v1', kind: 'Service', name: 'subscriber' };
const badName =
  'invalid key name: Attribute name must start with a letter and can only contain lowercase alphanumeric';
const oneDialect = 'multiple dialects found, filters can have only one dialect set';
const noAbsoluteUri =
  'Absolute URI is not allowed when Ref or [apiVersion, kind, name] is present: [apiVersion, kind, name], ';
const noRelativeUri =
  'invalid value: Relative URI is not allowed when Ref and [apiVersion, kind, name] is absent: ';

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
    message: badName,
  },
  ...['exact', 'prefix', 'suffix'].map((dialect) => ({
    title: `an attribute name with a dash in ${dialect}`,
    object: trigger({ filters: [{ [dialect]: { 'my-name': 'x' } }] }),
    field: `spec.filters[0].${dialect}`,
    message: badName,
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
    message: 'should be greater than or equal to 0',
  },
  {
    title: 'a backoff policy that there is not',
    object: trigger({ delivery: { backoffPolicy: 'random' } }),
    field: 'spec.delivery.backoffPolicy',
    message: 'Unsupported value: "random": supported values: "linear", "exponential"',
  },
  {
    title: 'a delay that is no duration',
    object: trigger({ delivery: { backoffDelay: '5s' } }),
    field: 'spec.delivery.backoffDelay',
    message: 'spec.delivery.backoffDelay in body should match',
  },
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
];
