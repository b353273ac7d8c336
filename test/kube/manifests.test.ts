import { triggerKind } from '@jetmesh/eventing-api';
import { followManifests } from '@jetmesh/kube-api-server';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { silentLogger } from '../support/silent-logger.ts';
import { untilHolds } from '../support/until-holds.ts';
import { describeOnKubeApis, type KubeFixture } from './support/describe-on-kube-apis.ts';
import { aConfigMap, aTrigger, type AnyObject } from './support/objects.ts';
import { resourcePath } from './support/resource-path.ts';

const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'notes.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { kind: 'Note', plural: 'notes' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: { spec: { type: 'object', properties: { text: { type: 'string' } } } },
          },
        },
      },
    ],
  },
};

function followedManifests(kube: KubeFixture): void {
  let folder: string;
  let stop: AbortController;
  let following: Promise<void>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jetmesh-manifests-'));
    stop = new AbortController();
  });
  afterEach(async () => {
    stop.abort();
    await following;
    await rm(folder, { recursive: true });
  });

  const write = (file: string, ...objects: object[]) =>
    writeFile(join(folder, file), objects.map((object) => JSON.stringify(object)).join('\n---\n'));

  function follow(): void {
    const { url, token, certificateAuthority } = kube.access;
    const server = {
      url,
      ...(token === undefined ? {} : { bearerToken: token }),
      ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
    };
    const options = { path: folder, logger: silentLogger, signal: stop.signal, intervalMs: 50 };
    following = followManifests(server, options);
  }

  const inNamespace = (object: AnyObject): AnyObject => ({
    ...object,
    metadata: { ...object.metadata, namespace: kube.namespace },
  });
  const triggers = async () => {
    const path = resourcePath(triggerKind, kube.namespace);
    const { body } = await kube.api.send<{ items: AnyObject[] }>('GET', path);
    return body.items.map(({ metadata, spec }) => [metadata.name, spec?.broker]);
  };

  it('are applied, applied again when they change, and deleted when they are gone', async () => {
    await write('one.yaml', inNamespace(aTrigger('one')), inNamespace(aTrigger('two')));
    follow();
    await untilHolds(async () => {
      expect(await triggers()).toEqual([
        ['one', 'default'],
        ['two', 'default'],
      ]);
    });
    const copied = { labels: { 'jetmesh.dev/manifests': 'followed' } };
    await kube.api.send('POST', resourcePath(triggerKind, kube.namespace), {
      body: aTrigger('by-hand', copied),
    });
    const moved = inNamespace({
      ...aTrigger('three'),
      spec: { ...aTrigger('').spec, broker: 'b' },
    });
    await write('one.yaml', inNamespace(aTrigger('one')));
    await write('three.yaml', moved);
    await untilHolds(async () => {
      expect(await triggers()).toEqual([
        ['by-hand', 'default'],
        ['one', 'default'],
        ['three', 'b'],
      ]);
    });
  });

  it('that cannot be read delete nothing, and are applied once they can', async () => {
    await write('one.yaml', inNamespace(aTrigger('one')));
    follow();
    await untilHolds(async () => expect(await triggers()).toHaveLength(1));
    await writeFile(join(folder, 'one.yaml'), 'kind: [');
    await write('other.yaml', inNamespace(aTrigger('other')));
    await delay(300);
    expect(await triggers()).toEqual([['one', 'default']]);
    await write('one.yaml');
    await untilHolds(async () => expect(await triggers()).toEqual([['other', 'default']]));
  });

  it('may define a kind and have objects of it, which go with it', async () => {
    const note = { apiVersion: 'example.com/v1', kind: 'Note', metadata: { name: 'a' } };
    await write('a.yaml', inNamespace({ ...note, spec: { text: 'x' } }), definition);
    follow();
    const path = `/apis/example.com/v1/namespaces/${kube.namespace}/notes/a`;
    await untilHolds(async () => expect((await kube.api.send('GET', path)).status).toBe(200));
    await write('a.yaml', inNamespace(aConfigMap('left')));
    await untilHolds(async () => expect((await kube.api.send('GET', path)).status).toBe(404));
  });
}

describeOnKubeApis('followed manifests', followedManifests);
