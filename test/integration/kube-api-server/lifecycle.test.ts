import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AnyObject } from '../../kube/support/objects.ts';
import { eventually } from '../../support/eventually.ts';
import {
  configMaps,
  definitions,
  startEmbeddedApi,
  widgets,
  type EmbeddedApi,
} from './embedded-api.ts';
import { aWidget, widgetDefinition } from './widget-definition.ts';

const namespaces = '/api/v1/namespaces';

describe('the life of objects', () => {
  let api: EmbeddedApi;

  beforeAll(async () => {
    api = await startEmbeddedApi();
    await api.post(definitions, widgetDefinition);
  });
  afterAll(() => api.close());

  function configMap(name: string, metadata: object = {}): object {
    return { metadata: { name, ...metadata } };
  }

  function ownedBy(owner: AnyObject, more: object = {}): object {
    const { name, uid } = owner.metadata;
    return { ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name, uid, ...more }] };
  }

  const gone = (path: string) => eventually(() => api.isGone(path));

  describe('an object with a finalizer', () => {
    it('stays, marked, until the last finalizer is gone', async () => {
      await api.post(configMaps, configMap('held', { finalizers: ['example.com/hold'] }));
      const path = `${configMaps}/held`;
      const marked = await api.remove(path);
      expect(marked.metadata.deletionTimestamp).toBeDefined();
      expect((await api.remove(path)).metadata).toEqual(marked.metadata);
      const last = await api.merge(path, { metadata: { finalizers: null } });
      expect(last.metadata.finalizers).toBeUndefined();
      expect(await api.isGone(path)).toBe(true);
    });
  });

  describe('a dependent', () => {
    it('goes after its owner', async () => {
      const owner = await api.post(configMaps, configMap('owner'));
      const child = await api.post(configMaps, configMap('child', ownedBy(owner)));
      await api.post(configMaps, configMap('grandchild', ownedBy(child)));
      await api.remove(`${configMaps}/owner`);
      await gone(`${configMaps}/child`);
      await gone(`${configMaps}/grandchild`);
    });

    it('goes when its owner never was', async () => {
      const owner = { metadata: { name: 'nobody', uid: '1-2-3' } } as unknown as AnyObject;
      await api.post(configMaps, configMap('orphaned', ownedBy(owner)));
      await gone(`${configMaps}/orphaned`);
    });

    it('stays while another owner is left, without the reference to the one that went', async () => {
      const first = await api.post(configMaps, configMap('first'));
      const second = await api.post(configMaps, configMap('second'));
      const references = [first, second].flatMap(
        (owner) => (ownedBy(owner) as { ownerReferences: object[] }).ownerReferences,
      );
      await api.post(configMaps, configMap('shared', { ownerReferences: references }));
      await api.remove(`${configMaps}/first`);
      await eventually(async () => {
        const { metadata } = await api.get(`${configMaps}/shared`);
        return metadata.ownerReferences?.length === 1;
      });
    });

    it('stays when an owner is of a kind that is not served', async () => {
      const references = [{ apiVersion: 'example.org/v1', kind: 'Other', name: 'x', uid: 'u' }];
      await api.post(configMaps, configMap('foreign', { ownerReferences: references }));
      await api.post(configMaps, configMap('after'));
      expect(await api.isGone(`${configMaps}/foreign`)).toBe(false);
    });

    it('is waited for by an owner that is deleted in the foreground', async () => {
      const owner = await api.post(configMaps, configMap('front'));
      const dependent = {
        ...ownedBy(owner, { blockOwnerDeletion: true }),
        finalizers: ['a.b/hold'],
      };
      await api.post(configMaps, configMap('behind', dependent));
      await api.remove(`${configMaps}/front`, { propagationPolicy: 'Foreground' });
      await eventually(async () => {
        const { metadata } = await api.get(`${configMaps}/behind`);
        return metadata.deletionTimestamp !== undefined;
      });
      const waiting = await api.get(`${configMaps}/front`);
      expect(waiting.metadata.finalizers).toEqual(['foregroundDeletion']);
      await api.merge(`${configMaps}/behind`, { metadata: { finalizers: null } });
      await gone(`${configMaps}/front`);
    });

    it('is left alone by an owner that is deleted as one that orphans', async () => {
      const owner = await api.post(configMaps, configMap('leaving'));
      await api.post(configMaps, configMap('left', ownedBy(owner)));
      await api.remove(`${configMaps}/leaving`, { propagationPolicy: 'Orphan' });
      await gone(`${configMaps}/leaving`);
      const { metadata } = await api.get(`${configMaps}/left`);
      expect(metadata.ownerReferences).toBeUndefined();
    });
  });

  describe('a Namespace', () => {
    it('has a ServiceAccount', async () => {
      await api.post(namespaces, { metadata: { name: 'accounts' } });
      await eventually(() => api.get(`${namespaces}/accounts/serviceaccounts/default`));
    });

    it('takes its content with it', async () => {
      await api.post(namespaces, { metadata: { name: 'full' } });
      await api.post(`${namespaces}/full/configmaps`, configMap('a'));
      await api.post(widgets.replace('/default/', '/full/'), aWidget('w'));
      const marked = await api.remove(`${namespaces}/full`);
      expect(marked).toMatchObject({ status: { phase: 'Terminating' } });
      await gone(`${namespaces}/full`);
      expect(await api.list('/api/v1/configmaps?fieldSelector=metadata.namespace%3Dfull')).toEqual(
        [],
      );
    });

    it('that is going takes nothing new, and says what it waits for', async () => {
      await api.post(namespaces, { metadata: { name: 'stuck' } });
      const contents = `${namespaces}/stuck/configmaps`;
      await api.post(contents, configMap('held', { finalizers: ['example.com/hold'] }));
      await api.remove(`${namespaces}/stuck`);
      const refused = await api.client.send('POST', contents, { body: configMap('late') });
      expect(refused).toMatchObject({ status: 403, body: { reason: 'Forbidden' } });
      await eventually(async () => {
        const { status } = await api.get(`${namespaces}/stuck`);
        expect(status?.conditions).toMatchObject([
          { type: 'NamespaceContentRemaining', status: 'True' },
          {
            type: 'NamespaceFinalizersRemaining',
            message:
              'Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances',
          },
        ]);
        return true;
      });
      await api.merge(`${contents}/held`, { metadata: { finalizers: null } });
      await gone(`${namespaces}/stuck`);
    });

    it('with a finalizer of its own waits for its content all the same', async () => {
      await api.post(namespaces, { metadata: { name: 'both', finalizers: ['example.com/own'] } });
      const contents = `${namespaces}/both/configmaps`;
      await api.post(contents, configMap('held', { finalizers: ['example.com/hold'] }));
      await api.remove(`${namespaces}/both`);
      await api.merge(`${namespaces}/both`, { metadata: { finalizers: null } });
      expect(await api.isGone(`${namespaces}/both`)).toBe(false);
      await api.merge(`${contents}/held`, { metadata: { finalizers: null } });
      await gone(`${namespaces}/both`);
    });

    it('that every cluster has stays', async () => {
      const { status, body } = await api.client.send('DELETE', `${namespaces}/default`);
      expect(status).toBe(403);
      expect(body.message).toBe(
        'namespaces "default" is forbidden: this namespace may not be deleted',
      );
    });

    it('may be finalized by hand', async () => {
      await api.post(namespaces, { metadata: { name: 'forced' } });
      const contents = `${namespaces}/forced/configmaps`;
      await api.post(contents, configMap('held', { finalizers: ['example.com/hold'] }));
      await api.remove(`${namespaces}/forced`);
      const body = { kind: 'Namespace', apiVersion: 'v1', metadata: { name: 'forced' }, spec: {} };
      await api.client.send('PUT', `${namespaces}/forced/finalize`, { body });
      await gone(`${namespaces}/forced`);
    });
  });

  describe('a definition', () => {
    const other = {
      ...widgetDefinition,
      metadata: { name: 'gadgets.example.com' },
      spec: {
        ...widgetDefinition.spec,
        names: { kind: 'Gadget', plural: 'gadgets', shortNames: ['gd'] },
      },
    };
    const gadgets = widgets.replace('widgets', 'gadgets');

    it('takes its objects with it', async () => {
      await api.post(definitions, other);
      const gadget = {
        ...aWidget('held'),
        kind: 'Gadget',
        metadata: { name: 'held', finalizers: ['a.b/c'] },
      };
      await api.post(gadgets, gadget);
      await api.remove(`${definitions}/gadgets.example.com`);
      const refused = await api.client.send('POST', gadgets, {
        body: { ...gadget, metadata: { name: 'late' } },
      });
      expect(refused.status).toBe(405);
      await api.merge(`${gadgets}/held`, { metadata: { finalizers: null } });
      await gone(`${definitions}/gadgets.example.com`);
      expect((await api.client.send('GET', gadgets)).status).toBe(404);
    });

    it('waits for a name that another has', async () => {
      const clash = {
        ...other,
        spec: { ...other.spec, names: { ...other.spec.names, shortNames: ['wd'] } },
      };
      await api.post(definitions, clash);
      const path = `${definitions}/gadgets.example.com`;
      const conditionOf = async (type: string) => {
        const { status } = await api.get(path);
        const conditions = status?.conditions as { type: string; status: string; reason: string }[];
        return conditions.find((condition) => condition.type === type);
      };
      expect(await conditionOf('NamesAccepted')).toMatchObject({ reason: 'ShortNamesConflict' });
      expect(await conditionOf('Established')).toMatchObject({ status: 'False' });
      expect((await api.client.send('GET', gadgets)).status).toBe(404);
      await api.remove(`${definitions}/widgets.example.com`);
      await eventually(async () => (await conditionOf('Established'))?.status === 'True');
      expect((await api.client.send('GET', gadgets)).status).toBe(200);
      await api.post(definitions, widgetDefinition);
    });
  });
});
