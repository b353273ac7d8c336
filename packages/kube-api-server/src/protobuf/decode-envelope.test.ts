import { describe, expect, it } from '@jest/globals';
import { decodeEnvelope } from './decode-envelope.ts';

/** A length-delimited field. */
function field(number: number, content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes]);
}

function integer(number: number, value: number): Buffer {
  return Buffer.concat([varint(number << 3), varint(value)]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 0x80);
  } while (rest !== 0n);
  return Buffer.from(bytes);
}

function entry(key: string, value: string): Buffer {
  return Buffer.concat([field(1, key), field(2, value)]);
}

function envelope(apiVersion: string, kind: string, raw: readonly Buffer[]): Buffer {
  const type = Buffer.concat([field(1, apiVersion), field(2, kind)]);
  return Buffer.concat([Buffer.from('k8s\0'), field(1, type), field(2, Buffer.concat(raw))]);
}

function decoded(apiVersion: string, kind: string, raw: readonly Buffer[]): unknown {
  const result = decodeEnvelope(envelope(apiVersion, kind, raw));
  return result.kind === 'decoded' ? result.object : result.kind;
}

const metadata = field(
  1,
  Buffer.concat([
    field(1, 'a'),
    field(2, ''),
    field(3, 'shop'),
    integer(7, 0),
    field(8, ''),
    field(11, entry('k', 'v')),
  ]),
);

describe('decodeEnvelope', () => {
  it.each<[string, string, readonly Buffer[], object]>([
    ['v1', 'Namespace', [metadata], {}],
    [
      'v1',
      'ConfigMap',
      [metadata, field(2, entry('x', 'y')), field(2, entry('e', ''))],
      { data: { x: 'y', e: '' } },
    ],
    [
      'v1',
      'Secret',
      [metadata, field(2, entry('p', 'secret')), field(3, 'Opaque')],
      { data: { p: 'c2VjcmV0' }, type: 'Opaque' },
    ],
    [
      'v1',
      'ServiceAccount',
      [metadata, field(3, field(1, 'pull')), integer(4, 0)],
      { imagePullSecrets: [{ name: 'pull' }], automountServiceAccountToken: false },
    ],
    [
      'v1',
      'Service',
      [
        metadata,
        field(
          2,
          Buffer.concat([
            field(
              1,
              Buffer.concat([
                integer(3, 80),
                field(4, Buffer.concat([integer(1, 0), integer(2, 8080)])),
              ]),
            ),
            field(
              1,
              Buffer.concat([
                integer(3, 81),
                field(4, Buffer.concat([integer(1, 1), field(3, 'http')])),
              ]),
            ),
            field(4, 'ClusterIP'),
            integer(13, 0),
          ]),
        ),
      ],
      {
        spec: {
          ports: [
            { port: 80, targetPort: 8080 },
            { port: 81, targetPort: 'http' },
          ],
          type: 'ClusterIP',
        },
      },
    ],
    [
      'coordination.k8s.io/v1',
      'Lease',
      [
        metadata,
        field(
          2,
          Buffer.concat([
            field(1, 'me'),
            integer(2, 15),
            field(4, Buffer.concat([integer(1, 1767225600), integer(2, 123456000)])),
            integer(5, 0),
          ]),
        ),
      ],
      {
        spec: {
          holderIdentity: 'me',
          leaseDurationSeconds: 15,
          renewTime: '2026-01-01T00:00:00.123456Z',
          leaseTransitions: 0,
        },
      },
    ],
    [
      'v1',
      'Event',
      [
        metadata,
        field(2, field(3, 'orders')),
        field(6, integer(1, 1767225600)),
        field(7, ''),
        integer(8, 2),
      ],
      { involvedObject: { name: 'orders' }, firstTimestamp: '2026-01-01T00:00:00Z', count: 2 },
    ],
  ])('reads %s %s', (apiVersion, kind, raw, content) => {
    expect(decoded(apiVersion, kind, raw)).toEqual({
      apiVersion,
      kind,
      metadata: { name: 'a', namespace: 'shop', labels: { k: 'v' } },
      ...content,
    });
  });

  it('reads DeleteOptions of any group', () => {
    const raw = [integer(1, 0), field(2, field(1, 'uid')), field(4, 'Foreground'), field(5, 'All')];
    expect(decoded('eventing.knative.dev/v1', 'DeleteOptions', raw)).toMatchObject({
      gracePeriodSeconds: 0,
      preconditions: { uid: 'uid' },
      propagationPolicy: 'Foreground',
      dryRun: ['All'],
    });
  });

  it('reads numbers below zero', () => {
    expect(decoded('v1', 'DeleteOptions', [integer(1, -1)])).toMatchObject({
      gracePeriodSeconds: -1,
    });
  });

  it('ignores fields that it does not know', () => {
    expect(decoded('v1', 'Namespace', [metadata, integer(99, 1), field(98, 'x')])).toMatchObject({
      metadata: { name: 'a' },
    });
  });

  it('names a kind that it cannot read', () => {
    expect(decodeEnvelope(envelope('apps/v1', 'Deployment', []))).toEqual({
      kind: 'unknown-kind',
      name: 'apps/v1/Deployment',
    });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['JSON', Buffer.from('{"kind":"Namespace"}')],
    ['a cut message', envelope('v1', 'Namespace', [metadata]).subarray(0, 40)],
    ['a number without end', Buffer.concat([Buffer.from('k8s\0'), Buffer.alloc(20, 0xff)])],
  ])('takes %s as malformed', (_what, body) => {
    expect(decodeEnvelope(body)).toEqual({ kind: 'malformed' });
  });
});
