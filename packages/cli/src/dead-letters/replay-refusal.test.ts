import { describe, expect, it } from '@jest/globals';
import type { Trigger } from '@jetmesh/eventing-api';
import { replayRefusal } from './replay-refusal.ts';

const parked = {
  ...{ subject: 'ced.b.t', sequence: 7, timestampMs: 0, data: Buffer.alloc(0) },
  headers: [
    ...['ce-specversion', '1.0', 'ce-id', '1', 'ce-source', '/shop', 'ce-type', 'order'],
    ...['Jetmesh-Trigger', 'shop/orders', 'Jetmesh-Trigger-Uid', 'uid-1'],
  ],
};

function aTrigger(
  options: { uid?: string; ready?: 'True' | 'False'; type?: string; shared?: string } = {},
): Trigger {
  const { uid = 'uid-1', ready = 'True', type = 'order', shared } = options;
  const place = { 'jetmesh.dev/stream': shared === undefined ? 'S' : 'RETRY' };
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { namespace: 'shop', name: 'orders', uid, generation: 1 },
    spec: { broker: 'default', subscriber: { uri: 'http://a/' }, filter: { attributes: { type } } },
    status: {
      observedGeneration: 1,
      annotations: { ...place, ...(shared && { 'jetmesh.dev/shared-stream': shared }) },
      conditions: [{ type: 'Ready', status: ready }],
    },
  };
}

describe('whether a parked event may be replayed', () => {
  const table: [string, Trigger | undefined, string, string | undefined][] = [
    ['its Trigger wants it', aTrigger(), 'S', undefined],
    ['its Trigger shares the consumer of the stream', aTrigger({ shared: 'S' }), 'S', undefined],
    ['its Trigger shares that of another', aTrigger({ shared: 'T' }), 'S', 'not Ready'],
    ['its Trigger is deleted', undefined, 'S', 'is gone'],
    ['another Trigger has its name', aTrigger({ uid: 'uid-2' }), 'S', 'is gone'],
    ['its Trigger is not Ready', aTrigger({ ready: 'False' }), 'S', 'not Ready'],
    ['its Trigger is of another Broker', aTrigger(), 'T', 'not Ready'],
    ['its filter has changed', aTrigger({ type: 'other' }), 'S', 'does not match'],
  ];

  it.each(table)('%s', (_, trigger, stream, reason) => {
    const refusal = replayRefusal(parked, trigger, stream);
    if (reason === undefined) expect(refusal).toBeUndefined();
    else expect(refusal).toContain(reason);
  });

  it('not a message that somebody else put there', () => {
    expect(replayRefusal({ ...parked, headers: [] }, undefined, 'S')).toContain('does not say');
  });
});
