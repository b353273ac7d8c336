import { describe, expect, it, jest } from '@jest/globals';
import type { KubernetesObject } from '@jetmesh/eventing-api';
import { IndexedObjectStore } from './object-store.ts';

function anObject(name: string, team: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Thing', metadata: { name, namespace: 'ns', labels: { team } } };
}

const onIndexError = jest.fn();

function aStore() {
  const store = new IndexedObjectStore<KubernetesObject>(onIndexError);
  store.addIndex('team', ({ metadata }) => [metadata.labels?.team ?? '']);
  return store;
}

const namesOf = (objects: KubernetesObject[]) => objects.map(({ metadata }) => metadata.name);

describe('IndexedObjectStore', () => {
  it('finds objects by key and by index', () => {
    const store = aStore();
    store.set(anObject('a', 'red'));
    store.set(anObject('b', 'blue'));
    expect(store.get('ns/a')?.metadata.name).toBe('a');
    expect(namesOf(store.listBy('team', 'blue'))).toEqual(['b']);
    expect(store.listBy('team', 'green')).toEqual([]);
  });

  it('files a replaced object anew, and forgets a deleted one', () => {
    const store = aStore();
    store.set(anObject('a', 'red'));
    expect(store.set(anObject('a', 'blue'))?.metadata.labels?.team).toBe('red');
    expect(store.listBy('team', 'red')).toEqual([]);
    expect(namesOf(store.listBy('team', 'blue'))).toEqual(['a']);
    store.delete('ns/a');
    expect(store.listBy('team', 'blue')).toEqual([]);
    expect(store.list()).toEqual([]);
  });

  it('files what it already holds under an index that comes later', () => {
    const store = aStore();
    store.set(anObject('a', 'red'));
    store.addIndex('name', ({ metadata }) => [metadata.name]);
    expect(namesOf(store.listBy('name', 'a'))).toEqual(['a']);
  });

  it('keeps an object that an index fails on, under no value', () => {
    const store = aStore();
    store.addIndex('broken', () => {
      throw new Error('no spec');
    });
    store.set(anObject('a', 'red'));
    expect(namesOf(store.listBy('team', 'red'))).toEqual(['a']);
    expect(onIndexError).toHaveBeenCalledWith('broken', 'ns/a', expect.anything());
    store.delete('ns/a');
    expect(store.list()).toEqual([]);
  });

  it('freezes objects, so that no reader changes what another sees', () => {
    const store = aStore();
    store.set(anObject('a', 'red'));
    expect(() => {
      store.get('ns/a')!.metadata.labels!.team = 'blue';
    }).toThrow(TypeError);
  });
});
