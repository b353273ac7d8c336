import { customResourceDefinitionKind } from '@jetmesh/eventing-api';
import { beforeEach, expect, it } from '@jest/globals';
import { untilHolds } from '../support/until-holds.ts';
import { describeOnKubeApis, type KubeFixture } from './support/describe-on-kube-apis.ts';
import type { AnyObject } from './support/objects.ts';
import { resourcePath } from './support/resource-path.ts';

const text = { type: 'string' };

function version(name: string, properties: object, more: object = {}): object {
  const spec = { type: 'object', properties };
  const openAPIV3Schema = { type: 'object', properties: { spec } };
  return { name, served: true, storage: name === 'v1', schema: { openAPIV3Schema }, ...more };
}

function changedDefinitions(kube: KubeFixture): void {
  /** Of the test's own, so that no test meets the kind of another. */
  let plural: string;
  let group: string;
  const pathOf = (versionName: string, name = '') =>
    `/apis/${group}/${versionName}/namespaces/${kube.namespace}/${plural}${name}`;
  const definitionPath = () =>
    resourcePath(customResourceDefinitionKind, undefined, `${plural}.${group}`);

  beforeEach(() => {
    plural = 'notes';
    group = `${kube.namespace}.example.com`;
  });

  async function define(...versions: object[]): Promise<void> {
    const { status } = await kube.api.send('POST', resourcePath(customResourceDefinitionKind), {
      body: {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: `${plural}.${group}` },
        spec: { group, scope: 'Namespaced', names: { kind: 'Note', plural }, versions },
      },
    });
    expect(status).toBe(201);
    await untilHolds(async () => {
      expect((await kube.api.send('GET', pathOf('v1'))).status).toBe(200);
    });
  }

  async function redefine(...versions: object[]): Promise<void> {
    const { status } = await kube.api.send('PATCH', definitionPath(), {
      contentType: 'application/merge-patch+json',
      body: { spec: { versions } },
    });
    expect(status).toBe(200);
  }

  async function create(spec: object): Promise<AnyObject> {
    const body = { apiVersion: `${group}/v1`, kind: 'Note', metadata: { name: 'a' }, spec };
    return (await kube.api.send<AnyObject>('POST', pathOf('v1'), { body })).body;
  }

  const read = async (versionName = 'v1') =>
    (await kube.api.send<AnyObject>('GET', pathOf(versionName, '/a'))).body;

  it('show what was stored before with the fields and defaults of now', async () => {
    await define(version('v1', { kept: text, dropped: text }));
    const stored = await create({ kept: 'x', dropped: 'y' });
    await redefine(version('v1', { kept: text, added: { type: 'integer', default: 5 } }));
    await untilHolds(async () => expect((await read()).spec).toEqual({ kept: 'x', added: 5 }));
    expect((await read()).metadata.resourceVersion).toBe(stored.metadata.resourceVersion);
  });

  it('serve a version that was added, and no more one that is not served', async () => {
    await define(version('v1', { kept: text }));
    await create({ kept: 'x' });
    await redefine(version('v1', { kept: text }), version('v2', { kept: text }));
    await untilHolds(async () => {
      expect(await read('v2')).toMatchObject({ apiVersion: `${group}/v2`, spec: { kept: 'x' } });
    });
    await redefine(version('v1', { kept: text }), version('v2', { kept: text }, { served: false }));
    await untilHolds(async () => {
      expect((await kube.api.send('GET', pathOf('v2'))).status).toBe(404);
    });
    expect((await read()).spec).toEqual({ kept: 'x' });
  });

  it('take effect on validation and on printer columns', async () => {
    await define(version('v1', { kept: text }));
    await create({ kept: 'x' });
    const additionalPrinterColumns = [{ name: 'Kept', type: 'string', jsonPath: '.spec.kept' }];
    await redefine(
      version('v1', { kept: { ...text, maxLength: 2 } }, { additionalPrinterColumns }),
    );
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
    await untilHolds(async () => {
      const { body } = await kube.api.send('GET', pathOf('v1'), { accept });
      expect(body).toMatchObject({ rows: [{ cells: ['a', 'x'] }] });
    });
    const refusal = await kube.api.send('PATCH', pathOf('v1', '/a'), {
      contentType: 'application/merge-patch+json',
      body: { spec: { kept: 'too long' } },
    });
    expect(refusal.status).toBe(422);
  });

  it('let a value stay that a new rule would refuse, with a warning, but take no other like it', async () => {
    await define(version('v1', { kept: text, other: text }));
    await create({ kept: 'x' });
    const rules = [{ rule: 'self.startsWith("a")', message: 'must begin with a' }];
    const kept = { ...text, maxLength: 9, 'x-kubernetes-validations': rules };
    await redefine(version('v1', { kept, other: text }));
    const patch = (spec: object, query = '') =>
      kube.api.send('PATCH', pathOf('v1', `/a${query}`), {
        contentType: 'application/merge-patch+json',
        body: { spec },
      });
    await untilHolds(async () =>
      expect((await patch({ kept: 'y' }, '?dryRun=All')).status).toBe(422),
    );
    const { status, warnings } = await patch({ other: 'z' });
    expect({ status, warnings }).toEqual({
      status: 200,
      warnings: ['spec.kept: Invalid value: "x": must begin with a'],
    });
  });
}

describeOnKubeApis('changed definitions', changedDefinitions, {});
