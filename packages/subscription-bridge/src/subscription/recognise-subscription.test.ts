import { describe, expect, it } from '@jest/globals';
import type { Subscription } from '@jetmesh/eventing-api';
import { recogniseSubscription } from './recognise-subscription.ts';

const oldSpec = {
  endpoint: 'http://receiver.team:8080/',
  event_type: 'order.created',
  event_type_version: 'v1',
  source_id: 'commerce',
};
const sink = 'http://receiver.team.svc.cluster.local';
const standardSpec = { sink, source: 'commerce', types: ['order.created.v1'] };
const prefixed = 'sap.kyma.custom.commerce.order.created.v1';
const v1alpha1Spec = { sink, filter: { filters: [filter(prefixed)] } };

describe('recogniseSubscription', () => {
  it('takes the shape with an endpoint for an old one', () => {
    expect(recognise(oldSpec)).toEqual({
      kind: 'old',
      spec: {
        endpoint: 'http://receiver.team:8080/',
        eventType: 'order.created',
        eventTypeVersion: 'v1',
        source: 'commerce',
        wantsNameHeader: false,
        maxInFlight: undefined,
        timeoutMs: undefined,
      },
    });
  });

  it('reads what only the oldest Subscriptions ask for', () => {
    const more = {
      include_subscription_name_header: true,
      max_inflight: 7,
      push_request_timeout_ms: 0,
    };
    expect(recognise({ ...oldSpec, ...more })).toMatchObject({
      spec: { wantsNameHeader: true, maxInFlight: 7, timeoutMs: 0 },
    });
  });

  it('takes the shape with a filter for v1alpha1, each type once', () => {
    const filters = [filter(prefixed), filter(prefixed, 'elsewhere')];
    expect(recognise({ ...v1alpha1Spec, filter: { filters } })).toEqual({
      kind: 'v1alpha1',
      spec: { sink, types: [prefixed], maxInFlight: 10 },
    });
  });

  it('takes every other shape for v1alpha2', () => {
    expect(recognise(standardSpec)).toEqual({
      kind: 'v1alpha2',
      spec: { ...standardSpec, typeMatching: 'standard', maxInFlight: 10 },
    });
  });

  it('lets an exact Subscription go without source and with a prefix', () => {
    const exact = { sink, source: '', types: [prefixed], typeMatching: 'exact' };
    expect(recognise(exact)).toMatchObject({ kind: 'v1alpha2', spec: exact });
  });

  it.each([
    ['a number', '25', 25],
    ['zero', '0', 10],
    ['a negative number', '-3', 10],
  ])('reads maxInFlightMessages of %s', (_case, maxInFlightMessages, maxInFlight) => {
    const config = { maxInFlightMessages };
    expect(recognise({ ...standardSpec, config })).toMatchObject({ spec: { maxInFlight } });
  });

  it('reads maxInFlightMessages of v1alpha1', () => {
    const config = { maxInFlightMessages: 3 };
    expect(recognise({ ...v1alpha1Spec, config })).toMatchObject({ spec: { maxInFlight: 3 } });
  });

  it.each([
    [
      'typeMatching',
      { typeMatching: 'fuzzy' },
      'spec.typeMatching: Invalid value: "fuzzy": must be a valid TypeMatching value exact or standard',
    ],
    ['an empty source', { source: '' }, 'spec.source: Invalid value: "": must not be empty'],
    [
      'a source that is no URI',
      { source: 'a%zz' },
      'spec.source: Invalid value: "a%zz": must be valid as per RFC 3986',
    ],
    ['no types', { types: [] }, 'spec.types: Invalid value: "": must not be empty'],
    [
      'equal types',
      { types: ['a.b', 'c.d', 'c.d', 'a.b'] },
      'spec.types: Invalid value: "c.d,a.b": must not have duplicate types',
    ],
    ['an empty type', { types: [''] }, 'spec.types: Invalid value: "": must not be of length zero'],
    [
      'a type of one segment',
      { types: ['order.created.v1', 'order'] },
      'spec.types: Invalid value: "order": must have minimum 2 segments',
    ],
    [
      'a prefixed type',
      { types: [prefixed] },
      `spec.types: Invalid value: "${prefixed}": must not have sap.kyma.custom as type prefix`,
    ],
    [
      'an empty segment',
      { types: ['order..v1'] },
      'spec.types: Invalid value: "order..v1": event type cannot have empty segments after cleaning: order..v1',
    ],
    [
      'a limit that is no number',
      { config: { maxInFlightMessages: 'ten' } },
      'spec.config: Invalid value: "ten": maxInFlightMessages must be a stringified int value',
    ],
    [
      'a QoS',
      { config: { qos: 'X' } },
      'spec.config: Invalid value: "X": must be a valid QoS value AT_LEAST_ONCE or AT_MOST_ONCE',
    ],
    [
      'an auth type',
      { config: { type: 'X' } },
      'spec.config: Invalid value: "X": must be a valid Auth Type value client_credentials',
    ],
    [
      'a grant type',
      { config: { grantType: 'X' } },
      'spec.config: Invalid value: "X": must be a valid Grant Type value client_credentials',
    ],
    ['an empty sink', { sink: '' }, 'spec.sink: Invalid value: "": must not be empty'],
    [
      'another scheme',
      { sink: 'ftp://a.team.svc.cluster.local' },
      "spec.sink: Invalid value: \"ftp://a.team.svc.cluster.local\": must have URL scheme 'http' or 'https'",
    ],
    [
      'another host',
      { sink: 'http://example.com' },
      'spec.sink: Invalid value: "http://example.com": must have valid sink URL suffix svc.cluster.local',
    ],
    [
      'a host too long',
      { sink: 'http://x.a.team.svc.cluster.local' },
      'spec.sink: Invalid value: "http://x.a.team.svc.cluster.local": must have sink URL with 5 sub-domains: x.a.team.svc.cluster.local',
    ],
    [
      'another Namespace',
      { sink: 'http://a.other.svc.cluster.local' },
      'metadata.namespace: Invalid value: "http://a.other.svc.cluster.local": must have the same namespace as the subscriber: other',
    ],
  ])('refuses a v1alpha2 Subscription for %s', (_case, changes, problem) => {
    expect(recognise({ ...standardSpec, ...changes })).toEqual({
      kind: 'invalid',
      shape: 'v1alpha2',
      problems: [problem],
    });
  });

  it('collects the problems of all fields', () => {
    expect(recognise({})).toMatchObject({
      problems: [
        'spec.source: Invalid value: "": must not be empty',
        'spec.types: Invalid value: "": must not be empty',
        'spec.sink: Invalid value: "": must not be empty',
      ],
    });
  });

  it('names every setting that is wrong, each with its value', () => {
    const config = { maxInFlightMessages: 'x', qos: 'y', type: 'z', grantType: 'w' };
    expect(recognise({ ...standardSpec, config })).toMatchObject({
      problems: [
        'spec.config: Invalid value: "x": maxInFlightMessages must be a stringified int value',
        'spec.config: Invalid value: "y": must be a valid QoS value AT_LEAST_ONCE or AT_MOST_ONCE',
        'spec.config: Invalid value: "z": must be a valid Auth Type value client_credentials',
        'spec.config: Invalid value: "w": must be a valid Grant Type value client_credentials',
      ],
    });
  });

  it('lets settings of the other backend be, and the values that they may have', () => {
    const config = {
      maxInFlightMessages: '+5',
      protocol: 'BEB',
      contentMode: 'BINARY',
      exemptHandshake: 'true',
      qos: 'AT_MOST_ONCE',
      type: 'client_credentials',
      grantType: 'client_credentials',
      clientId: 'a',
    };
    expect(recognise({ ...standardSpec, config })).toMatchObject({ spec: { maxInFlight: 5 } });
  });

  it.each([
    ['no filters', { filter: {} }, 'spec.filter.filters: Invalid value: []: must not be empty'],
    [
      'a filter without type',
      { filter: { filters: [{}] } },
      'spec.filter.filters: Invalid value: "": failed to parse event-type= with prefix=sap.kyma.custom: prefix not found',
    ],
    [
      'too few segments',
      { filter: { filters: [filter('sap.kyma.custom.order.created.v1')] } },
      'spec.filter.filters: Invalid value: "sap.kyma.custom.order.created.v1": failed to parse event-type=sap.kyma.custom.order.created.v1 with prefix=sap.kyma.custom: invalid format',
    ],
    [
      'a limit of zero',
      { config: { maxInFlightMessages: 0 } },
      'spec.config: Invalid value: 0: maxInFlightMessages must be a positive integer',
    ],
    ['no sink', { sink: undefined }, 'spec.sink: Invalid value: "": must not be empty'],
  ])('refuses a v1alpha1 Subscription for %s', (_case, changes, problem) => {
    expect(recognise({ ...v1alpha1Spec, ...changes })).toEqual({
      kind: 'invalid',
      shape: 'v1alpha1',
      problems: [problem],
    });
  });

  it.each([
    [
      'an endpoint without scheme',
      { endpoint: 'receiver' },
      'spec.endpoint: Invalid value: "receiver": must match ^https?:\\/\\/.+$',
    ],
    [
      'an endpoint that is no URL',
      { endpoint: 'http://:x' },
      'spec.endpoint: Invalid value: "http://:x": must match ^https?:\\/\\/.+$',
    ],
    [
      'no event type',
      { event_type: undefined },
      'spec.event_type: Invalid value: "": must not be empty',
    ],
    [
      'a long version',
      { event_type_version: 'v1234' },
      'spec.event_type_version: Invalid value: "v1234": must have at most 4 characters',
    ],
    [
      'a version with a dot',
      { event_type_version: 'v.1' },
      'spec.event_type_version: Invalid value: "v.1": must match ^[a-zA-Z0-9]+$',
    ],
    [
      'a limit out of range',
      { max_inflight: 401 },
      'spec.max_inflight: Invalid value: 401: must be an integer between 1 and 400',
    ],
    [
      'a negative time-out',
      { push_request_timeout_ms: -1 },
      'spec.push_request_timeout_ms: Invalid value: -1: must be an integer between 0 and 60000',
    ],
  ])('refuses an old Subscription for %s', (_case, changes, problem) => {
    expect(recognise({ ...oldSpec, ...changes })).toEqual({
      kind: 'invalid',
      shape: 'old',
      problems: [problem],
    });
  });
});

function recognise(spec: Record<string, unknown>): unknown {
  const subscription: Subscription = {
    apiVersion: 'eventing.kyma-project.io/v1alpha2',
    kind: 'Subscription',
    metadata: { name: 'orders', namespace: 'team' },
    spec,
  };
  return recogniseSubscription(subscription);
}

function filter(type: string, source = ''): object {
  return {
    eventSource: { property: 'source', type: 'exact', value: source },
    eventType: { property: 'type', type: 'exact', value: type },
  };
}
