import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../json/json-value.ts';
import type { StructuralSchema } from '../schema/structural-schema.ts';
import { applyConfiguration, type AppliedConfiguration } from './apply-configuration.ts';
import { conflictText } from './conflict-text.ts';
import { encodeManagers, type FieldManager, type FieldManagers } from './field-managers.ts';

const text: StructuralSchema = { type: 'string' };
const schema: StructuralSchema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        a: text,
        b: text,
        map: { type: 'object', additionalProperties: text },
        whole: { type: 'object', additionalProperties: text, 'x-kubernetes-map-type': 'atomic' },
        plain: { type: 'array', items: text },
        set: { type: 'array', items: text, 'x-kubernetes-list-type': 'set' },
        ports: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['port', 'protocol'],
          items: {
            type: 'object',
            properties: {
              port: { type: 'integer' },
              protocol: { type: 'string', default: 'TCP' },
              name: text,
            },
          },
        },
      },
    },
    status: { type: 'object', properties: { phase: text } },
  },
};

class Session {
  live: JsonObject = {};
  managers: FieldManagers = new Map();

  apply(
    manager: string,
    spec: JsonObject,
    options: { force?: boolean } = {},
  ): AppliedConfiguration {
    const outcome = applyConfiguration({
      live: this.live,
      applied: { spec },
      schema,
      managers: this.managers,
      author: author(manager),
      force: options.force ?? false,
      scope: (element) => element !== 'f:status',
    });
    if (outcome.kind === 'applied') {
      this.live = outcome.object;
      this.managers = outcome.managers;
    }
    return outcome;
  }

  fieldsOf(manager: string): JsonObject | undefined {
    return encodeManagers(this.managers).find((entry) => entry.manager === manager)?.fieldsV1;
  }
}

function author(manager: string): Omit<FieldManager, 'fields'> {
  return { manager, operation: 'Apply', apiVersion: 'v1', subresource: '', time: 'now' };
}

describe('applyConfiguration', () => {
  it('records what it sets, and removes what it no longer sets', () => {
    const session = new Session();
    session.apply('one', { a: '1', map: { x: '1', y: '2' } });
    expect(session.fieldsOf('one')).toEqual({
      'f:spec': { 'f:a': {}, 'f:map': { 'f:x': {}, 'f:y': {} } },
    });
    session.apply('one', { a: '2', map: { y: '2' } });
    expect(session.live).toEqual({ spec: { a: '2', map: { y: '2' } } });
    session.apply('one', { a: '2' });
    expect(session.live).toEqual({ spec: { a: '2' } });
  });

  it('keeps what another manager sets too', () => {
    const session = new Session();
    session.apply('one', { a: '1', map: { x: '1' } });
    session.apply('two', { a: '1', map: { y: '2' } });
    session.apply('one', {});
    expect(session.live).toEqual({ spec: { a: '1', map: { y: '2' } } });
    expect(session.fieldsOf('one')).toEqual({ 'f:spec': {} });
  });

  it('refuses to change what another manager set, unless forced', () => {
    const session = new Session();
    session.apply('one', { a: '1', b: '1' });
    const refused = session.apply('two', { a: '2', b: '1' });
    expect(refused.kind).toBe('conflicts');
    if (refused.kind !== 'conflicts') return;
    expect(conflictText(refused.conflicts)).toEqual({
      causes: [
        { reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.spec.a' },
      ],
      summary: 'conflict with "one": .spec.a',
    });
    session.apply('two', { a: '2', b: '1' }, { force: true });
    expect(session.live).toEqual({ spec: { a: '2', b: '1' } });
    expect(session.fieldsOf('one')).toEqual({ 'f:spec': { 'f:b': {} } });
  });

  it('merges lists by their keys, defaults of keys included', () => {
    const session = new Session();
    session.apply('one', { ports: [{ port: 80, name: 'web' }] });
    session.apply('two', { ports: [{ port: 80, protocol: 'UDP' }, { port: 81 }] });
    expect(session.live).toEqual({
      spec: {
        ports: [{ port: 80, name: 'web' }, { port: 80, protocol: 'UDP' }, { port: 81 }],
      },
    });
    expect(session.fieldsOf('one')).toEqual({
      'f:spec': {
        'f:ports': {
          'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:name': {}, 'f:port': {} },
        },
      },
    });
    session.apply('two', {});
    expect(session.live).toEqual({ spec: { ports: [{ port: 80, name: 'web' }] } });
  });

  it('replaces lists without keys and atomic maps as a whole', () => {
    const session = new Session();
    session.apply('one', { plain: ['a', 'b'], whole: { x: '1' } });
    expect(session.fieldsOf('one')).toEqual({ 'f:spec': { 'f:plain': {}, 'f:whole': {} } });
    session.apply('one', { plain: ['c'], whole: { y: '1' } });
    expect(session.live).toEqual({ spec: { plain: ['c'], whole: { y: '1' } } });
    expect(session.apply('two', { whole: { z: '1' } }).kind).toBe('conflicts');
  });

  it.each<[string[], string[], string[]]>([
    [
      ['a', 'b', 'c'],
      ['c', 'a'],
      ['b', 'c', 'a'],
    ],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['a', 'b', 'c', 'd'],
    ],
    [
      ['a', 'b', 'c'],
      ['x', 'b', 'y'],
      ['a', 'x', 'b', 'c', 'y'],
    ],
    [
      ['a', 'b', 'c', 'd'],
      ['d', 'x', 'a'],
      ['b', 'c', 'd', 'x', 'a'],
    ],
  ])('orders the items of %p and %p as structured-merge-diff does', (live, applied, merged) => {
    const session = new Session();
    session.apply('one', { set: live });
    session.apply('two', { set: applied });
    expect(session.live).toEqual({ spec: { set: merged } });
  });

  it('leaves the time of a manager whose apply changes nothing', () => {
    const session = new Session();
    session.apply('one', { a: '1' });
    session.apply('two', { a: '1' });
    const times = encodeManagers(session.managers).map(({ manager, time }) => [manager, time]);
    expect(times).toEqual([
      ['two', undefined],
      ['one', 'now'],
    ]);
  });
});
