import { triggerKind } from '@jetmesh/eventing-api';
import { describe, expect, it } from '@jest/globals';
import { describeOnKubeApis, type KubeFixture } from './support/describe-on-kube-apis.ts';
import { aTrigger, type AnyList, type AnyObject } from './support/objects.ts';
import { TriggerRequests } from './support/trigger-requests.ts';
import { resourcePath } from './support/resource-path.ts';
import type { WatchLine } from './support/api-client.ts';

type Line = WatchLine<AnyObject>;

function listAndWatch(kube: KubeFixture): void {
  const triggers = new TriggerRequests(kube);
  const create = (name: string, labels: Record<string, string> = {}) =>
    triggers.create(aTrigger(name, { labels }));
  const list = (query = '') => kube.api.send<AnyList>('GET', triggers.collection(query));
  const label = (name: string, value: string) =>
    triggers.patch(triggers.path(name), { metadata: { labels: { value } } });

  const annotate = (name: string, value: string) =>
    triggers.patch(triggers.path(name), { metadata: { annotations: { value } } });

  /** The lines of a watch up to the one that `isLast` accepts. */
  async function linesUntil(query: string, isLast: (line: Line) => boolean): Promise<Line[]> {
    const lines: Line[] = [];
    const watch = kube.api.watch<AnyObject>(triggers.collection(query), deadline());
    for await (const line of watch) {
      lines.push(line);
      if (isLast(line)) break;
    }
    return lines;
  }

  const never = () => false;
  const told = (lines: readonly Line[]) =>
    lines.map(({ type, object }) => `${type} ${object.metadata.name}`);

  describe('a list', () => {
    it('comes in pages that are one snapshot', async () => {
      for (const name of ['a', 'b', 'c', 'd', 'e']) await create(name);
      const first = (await list('?limit=2')).body;
      await create('b2');
      const next = new URLSearchParams({ limit: '2', continue: first.metadata.continue ?? '' });
      const second = (await list(`?${next.toString()}`)).body;
      next.set('continue', second.metadata.continue ?? '');
      const third = (await list(`?${next.toString()}`)).body;

      const names = [first, second, third].map(({ items }) =>
        items.map((one) => one.metadata.name),
      );
      expect(names).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
      expect(first.metadata.remainingItemCount).toBe(3);
      expect(second.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
      expect(third.metadata.continue ?? '').toBe('');
    });

    it('has no count of what is left when a selector filters it', async () => {
      for (const name of ['a', 'b', 'c']) await create(name, { app: 'x' });
      const { body } = await list('?limit=2&labelSelector=app%3Dx');
      expect(body.metadata.continue).not.toBe('');
      expect(body.metadata.remainingItemCount).toBeUndefined();
    });

    it('refuses a continue token that it did not give', async () => {
      const { status, body } = await kube.api.send(
        'GET',
        triggers.collection('?limit=2&continue=nonsense'),
      );
      expect({ status, reason: body.reason }).toEqual({ status: 400, reason: 'BadRequest' });
    });

    it('takes resourceVersion 0, and waits in vain for one that is still to come', async () => {
      await create('a');
      expect((await list('?resourceVersion=0')).status).toBe(200);
      const { status, body } = await kube.api.send(
        'GET',
        triggers.collection('?resourceVersion=999999999'),
      );
      expect({ status, reason: body.reason }).toEqual({ status: 504, reason: 'Timeout' });
      expect(body.message).toContain('Too large resource version: 999999999');
    });

    it('refuses a resourceVersion that is no number', async () => {
      expect((await list('?resourceVersion=nonsense')).status).toBe(400);
    });

    it.each([
      ['labelSelector=app%3Dx', ['a', 'b']],
      ['labelSelector=app%20in%20(x,y),tier', ['b']],
      ['labelSelector=!app', ['d']],
      ['labelSelector=app!%3Dx', ['c', 'd']],
      ['fieldSelector=metadata.name%3Dc', ['c']],
      ['fieldSelector=metadata.name!%3Dc', ['a', 'b', 'd']],
    ])('selects by %s', async (query, names) => {
      await create('a', { app: 'x' });
      await create('b', { app: 'x', tier: '1' });
      await create('c', { app: 'y' });
      await create('d');
      const { body } = await list(`?${query}`);
      expect(body.items.map((one) => one.metadata.name)).toEqual(names);
    });
  });

  describe('a watch', () => {
    it('tells every change after a resourceVersion, in order', async () => {
      await create('before');
      const { resourceVersion } = (await list()).body.metadata;
      await create('a');
      await label('a', '1');
      const { resourceVersion: last = '' } = (await label('a', '2')).body.metadata;
      await kube.api.send('DELETE', triggers.path('a'));

      const lines = await linesUntil(
        `?watch=true&resourceVersion=${resourceVersion}`,
        (line) => line.type === 'DELETED',
      );
      expect(told(lines)).toEqual(['ADDED a', 'MODIFIED a', 'MODIFIED a', 'DELETED a']);
      const versions = lines.map(({ object }) => Number(object.metadata.resourceVersion));
      expect(versions).toEqual([...versions].sort((a, b) => a - b));
      expect(versions[3]).toBeGreaterThan(Number(last));
      expect(lines[0]?.object).toMatchObject({ kind: 'Trigger', spec: { broker: 'default' } });
    });

    it('without a resourceVersion begins with what is there', async () => {
      await create('a');
      await create('b');
      const lines = await linesUntil('?watch=true', (line) => line.object.metadata.name === 'b');
      expect(told(lines).sort()).toEqual(['ADDED a', 'ADDED b']);
    });

    it('tells ADDED and DELETED when an object begins or ceases to match its selector', async () => {
      await create('a', { value: '1' });
      const { resourceVersion } = (await list()).body.metadata;
      await label('a', '2');
      await label('a', '3');
      const query = `?watch=true&resourceVersion=${resourceVersion}&labelSelector=value%3D2`;
      const lines = await linesUntil(query, (line) => line.type === 'DELETED');
      expect(told(lines)).toEqual(['ADDED a', 'DELETED a']);
    });

    it('selects by name', async () => {
      await create('a');
      await create('b');
      const query = '?watch=true&fieldSelector=metadata.name%3Db';
      const lines = await linesUntil(query, () => true);
      expect(told(lines)).toEqual(['ADDED b']);
    });

    it('says 410 for a resourceVersion that is gone', async () => {
      await create('a');
      for (let turn = 0; turn < 80; turn += 1) await annotate('a', `${turn}`.padEnd(250_000));
      const lines = await linesUntil('?watch=true&resourceVersion=1', never);
      const object = { kind: 'Status', code: 410, reason: 'Expired' };
      expect(lines).toEqual([{ type: 'ERROR', object: expect.objectContaining(object) }]);
    });

    it('sends a bookmark of how far it has come before it ends, when asked', async () => {
      await create('a');
      const query = '?watch=true&allowWatchBookmarks=true&timeoutSeconds=5';
      const lines: Line[] = [];
      let elsewhere: Promise<AnyObject> | undefined;
      for await (const line of kube.api.watch<AnyObject>(triggers.collection(query), deadline())) {
        lines.push(line);
        elsewhere ??= createElsewhere();
      }
      const { resourceVersion } = (await elsewhere)!.metadata;
      expect(told(lines)[0]).toBe('ADDED a');
      const bookmarks = lines.slice(1);
      expect(new Set(bookmarks.map(({ type }) => type))).toEqual(new Set(['BOOKMARK']));
      expect(bookmarks.at(-1)?.object).toMatchObject({
        kind: 'Trigger',
        metadata: { resourceVersion },
      });
    });

    async function createElsewhere(): Promise<AnyObject> {
      const path = resourcePath(triggerKind, 'default');
      const object = aTrigger(`of-${kube.namespace}`);
      return (await kube.api.send<AnyObject>('POST', path, { body: object })).body;
    }

    it('ends after timeoutSeconds', async () => {
      const startedMs = Date.now();
      expect(await linesUntil('?watch=true&timeoutSeconds=1', never)).toEqual([]);
      expect(Date.now() - startedMs).toBeGreaterThan(900);
      expect(Date.now() - startedMs).toBeLessThan(5000);
    });

    it('sends the initial events and a bookmark that ends them, when asked', async () => {
      await create('a');
      await create('b');
      const query = '?watch=true&allowWatchBookmarks=true&sendInitialEvents=true';
      const lines = await linesUntil(
        `${query}&resourceVersionMatch=NotOlderThan`,
        (line) => line.type === 'BOOKMARK',
      );
      expect(lines.map(({ type }) => type)).toEqual(['ADDED', 'ADDED', 'BOOKMARK']);
      expect(lines[2]?.object.metadata.annotations).toEqual({
        'k8s.io/initial-events-end': 'true',
      });
    });

    it('refuses sendInitialEvents without resourceVersionMatch', async () => {
      const { status, body } = await kube.api.send(
        'GET',
        triggers.collection('?watch=true&sendInitialEvents=true'),
      );
      expect({ status, reason: body.reason }).toEqual({ status: 422, reason: 'Invalid' });
    });
  });
}

function deadline(): AbortSignal {
  return AbortSignal.timeout(20_000);
}

describeOnKubeApis('list and watch', listAndWatch);
