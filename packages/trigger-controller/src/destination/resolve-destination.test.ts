import { describe, expect, it } from '@jest/globals';
import type { Destination } from '@jetmesh/eventing-api';
import { referenceKey, type Lookup, type ObjectLookup } from '../cluster/object-reference.ts';
import { resolveDestination } from './resolve-destination.ts';

const service = { apiVersion: 'v1', kind: 'Service', name: 'receiver' };
const channel = { apiVersion: 'messaging.knative.dev/v1', kind: 'Channel', name: 'orders' };
const sequence = { apiVersion: 'flows.knative.dev/v1', kind: 'Sequence', name: 'steps' };

const lookups: Record<string, Lookup> = {
  'v1/Service/team/receiver': found({ ...service, namespace: 'team' }),
  'v1/Service/other/receiver': found({ ...service, namespace: 'other' }),
  'messaging.knative.dev/v1/Channel/team/orders': found(
    { ...channel, namespace: 'team' },
    { address: { url: 'http://orders.team.svc/in', CACerts: 'PEM', audience: 'orders' } },
  ),
  'flows.knative.dev/v1/Sequence/team/steps': found(
    { ...sequence, namespace: 'team' },
    {
      address: { url: 'http://old' },
      addresses: [
        { name: 'https', url: 'https://steps.team.svc' },
        { name: 'http', url: 'http://steps.team.svc' },
      ],
    },
  ),
  'messaging.knative.dev/v1/Channel/team/new': found({
    ...channel,
    name: 'new',
    namespace: 'team',
  }),
  'messaging.knative.dev/v1/Channel/team/empty': found(
    { ...channel, name: 'empty', namespace: 'team' },
    { address: {} },
  ),
  'messaging.knative.dev/v1/Channel/team/hostless': found(
    { ...channel, name: 'hostless', namespace: 'team' },
    { address: { url: 'http:' } },
  ),
  'example.com/v1/Thing/team/x': { kind: 'unknown-kind' },
  'example.com/v1/Secretive/team/x': { kind: 'refused', message: 'secretives is forbidden' },
};

const objects: ObjectLookup = {
  find: (reference) => Promise.resolve(lookups[referenceKey(reference)] ?? { kind: 'missing' }),
};

describe('resolveDestination', () => {
  it.each<[string, Destination, string]>([
    ['an absolute URI', { uri: 'http://example.com/a?b=c' }, 'http://example.com/a?b=c'],
    ['an absolute URI of any scheme', { uri: 'bad://uri' }, 'bad://uri'],
    ['a Service', { ref: service }, 'http://receiver.team.svc.cluster.local'],
    [
      'a Service elsewhere',
      { ref: { ...service, namespace: 'other' } },
      'http://receiver.other.svc.cluster.local',
    ],
    [
      'a Service with a path',
      { ref: service, uri: '/hook' },
      'http://receiver.team.svc.cluster.local/hook',
    ],
    [
      'a Service with certificates',
      { ref: service, CACerts: 'OWN' },
      'https://receiver.team.svc.cluster.local',
    ],
    ['an Addressable', { ref: channel }, 'http://orders.team.svc/in'],
    [
      'an Addressable with a sibling path',
      { ref: channel, uri: 'out' },
      'http://orders.team.svc/out',
    ],
    ['the first of several addresses', { ref: sequence }, 'https://steps.team.svc'],
    ['a named address', { ref: { ...sequence, address: 'http' } }, 'http://steps.team.svc'],
  ])('resolves %s', async (_case, destination, uri) => {
    const resolution = await resolveDestination(destination, 'team', objects);
    expect(resolution).toMatchObject({ kind: 'resolved', uri });
  });

  it('takes certificates and audience of the address', async () => {
    expect(await resolveDestination({ ref: channel }, 'team', objects)).toMatchObject({
      CACerts: 'PEM',
      audience: 'orders',
    });
  });

  it('prefers certificates and audience of the destination', async () => {
    const destination = { ref: channel, CACerts: 'OWN', audience: 'own' };
    expect(await resolveDestination(destination, 'team', objects)).toMatchObject({
      CACerts: 'OWN',
      audience: 'own',
    });
  });

  it.each<[string, Destination, string]>([
    ['nothing at all', {}, 'destination missing Ref and URI, expected at least one'],
    [
      'a relative URI alone',
      { uri: '/hook' },
      'URI is not absolute (both scheme and host should be non-empty): "/hook"',
    ],
    [
      'a URI without host',
      { uri: 'mailto:a@b' },
      'URI is not absolute (both scheme and host should be non-empty): "mailto:a@b"',
    ],
    [
      'a reference with an absolute URI',
      { ref: service, uri: 'http://x' },
      'absolute URI is not allowed when Ref exists: "http://x"',
    ],
    [
      'a missing Service',
      { ref: { ...service, name: 'none' } },
      'failed to get object team/none: Service "none" not found',
    ],
    [
      'an object without address',
      { ref: { ...channel, name: 'new' } },
      'address not set for Channel team/new',
    ],
    [
      'an address without URL',
      { ref: { ...channel, name: 'empty' } },
      'URL missing in address of Channel team/empty',
    ],
    [
      'an address without host',
      { ref: { ...channel, name: 'hostless' } },
      'hostname missing in address of Channel team/hostless',
    ],
    [
      'an address that is not listed',
      { ref: { ...sequence, address: 'grpc' } },
      'address "grpc" not found in addresses of Sequence team/steps',
    ],
    [
      'a kind without version',
      { ref: { kind: 'Service', name: 'receiver' } },
      'missing field(s): ref.apiVersion',
    ],
  ])(
    'says why %s does not resolve, and waits for a change',
    async (_case, destination, message) => {
      expect(await resolveDestination(destination, 'team', objects)).toEqual({
        kind: 'unresolved',
        message,
        isUntracked: false,
      });
    },
  );

  it.each([
    ['Thing', 'failed to get object team/x: no kind "Thing" in example.com/v1'],
    ['Secretive', 'failed to get object team/x: secretives is forbidden'],
  ])('knows that no watch tells about a %s', async (kind, message) => {
    const destination = { ref: { apiVersion: 'example.com/v1', kind, name: 'x' } };
    expect(await resolveDestination(destination, 'team', objects)).toEqual({
      kind: 'unresolved',
      message,
      isUntracked: true,
    });
  });
});

function found(
  reference: { apiVersion: string; kind: string; namespace: string; name: string },
  status?: object,
): Lookup {
  const { apiVersion, kind, namespace, name } = reference;
  const object = { apiVersion, kind, metadata: { namespace, name }, status };
  return { kind: 'found', object };
}
