import { describe, expect, it } from '@jest/globals';
import type { Trigger } from '@jetmesh/eventing-api';
import { deliveryReport, type DeliveryServing } from './trigger-report.ts';

const ready: Trigger = {
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Trigger',
  metadata: { name: 'x', generation: 1 },
  spec: { subscriber: {} },
  status: {
    observedGeneration: 1,
    conditions: [{ type: 'Ready', status: 'True' }],
    annotations: { 'jetmesh.dev/consumer': 'C1' },
  },
};
const failing: Trigger = {
  ...ready,
  status: {
    observedGeneration: 1,
    conditions: [{ type: 'Ready', status: 'False', reason: 'Broken', message: 'it broke' }],
  },
};
const serving: DeliveryServing = {
  subject: 'kyma.app.order.v1',
  types: [],
  namespace: 'team',
  hasDefaultBroker: true,
  bus: { trigger: ready, key: 'kyma-system/b', isUsers: false },
  mesh: { trigger: ready, key: 'team/m', isUsers: false },
};

describe('deliveryReport', () => {
  it('has nothing to say when both Triggers are Ready, and names the consumer on the bus', () => {
    expect(deliveryReport(serving)).toEqual({
      types: [],
      consumerName: 'C1',
      problems: [],
      remarks: [],
      usedTriggers: [],
    });
  });

  it.each<[string, Partial<DeliveryServing>, string[]]>([
    [
      'a Trigger that does not exist',
      { bus: { trigger: undefined, key: 'kyma-system/b', isUsers: false } },
      ['Trigger kyma-system/b does not exist yet.'],
    ],
    [
      'a Trigger that is not Ready',
      { mesh: { trigger: failing, key: 'team/m', isUsers: false } },
      ['Trigger team/m is not ready: Broken: it broke'],
    ],
    [
      'a Trigger whose status is old',
      {
        mesh: {
          trigger: { ...ready, metadata: { name: 'x', generation: 2 } },
          key: 'team/m',
          isUsers: false,
        },
      },
      ['Trigger team/m has not yet been reconciled.'],
    ],
  ])('names the problem with %s', (_case, changes, problems) => {
    expect(deliveryReport({ ...serving, ...changes }).problems).toEqual(problems);
  });

  it('counts only the bus where there is no Broker "default", and says so', () => {
    const mesh = { trigger: failing, key: 'team/m', isUsers: false };
    expect(deliveryReport({ ...serving, mesh, hasDefaultBroker: false })).toMatchObject({
      problems: [],
      remarks: ['No Broker "default" in Namespace "team": nothing arrives from the mesh.'],
    });
  });

  it('names the user’s Trigger that it uses', () => {
    const mesh = { trigger: ready, key: 'team/mine', isUsers: true };
    expect(deliveryReport({ ...serving, mesh })).toMatchObject({
      remarks: ['Trigger team/mine delivers the same already and is used as it is.'],
      usedTriggers: ['team/mine'],
    });
  });

  it('names types that clean to one subject', () => {
    const types = ['or der.v1', 'order.v1'].map((originalType) => ({
      originalType,
      cleanType: 'order.v1',
    }));
    expect(deliveryReport({ ...serving, types }).remarks).toEqual([
      'Types "or der.v1", "order.v1" have one subject, kyma.app.order.v1: an event of any of them is delivered once.',
    ]);
  });
});
