import type { ObjectMeta } from '@jetmesh/eventing-api';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  configMaps,
  definitions,
  startEmbeddedApi,
  widgets,
  type EmbeddedApi,
} from './embedded-api.ts';
import { aWidget, widgetDefinition } from './widget-definition.ts';

describe('objects', () => {
  let api: EmbeddedApi;

  beforeAll(async () => {
    api = await startEmbeddedApi();
    await api.post(definitions, widgetDefinition);
  });
  afterAll(() => api.close());

  it('are created with an identity, defaults and managed fields', async () => {
    const object = await api.post(`${widgets}?fieldManager=tester`, aWidget('created'));
    expect(object).toMatchObject({
      metadata: {
        namespace: 'default',
        generation: 1,
        uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        creationTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        managedFields: [{ manager: 'tester', operation: 'Update', apiVersion: 'example.com/v1' }],
      },
      spec: { colour: 'red', replicas: 1, maxReplicas: 10 },
    });
  });

  it('get names of their own from generateName', async () => {
    const one = await api.post(widgets, aWidget('', {}, { generateName: 'gen-' }));
    const two = await api.post(widgets, aWidget('', {}, { generateName: 'gen-' }));
    expect(one.metadata.name).toMatch(/^gen-[a-z0-9]{5}$/);
    expect(two.metadata.name).not.toBe(one.metadata.name);
  });

  it('count a generation for each change of the spec, and only for that', async () => {
    await api.post(widgets, aWidget('counted'));
    const path = `${widgets}/counted`;
    const labelled = await api.merge(path, { metadata: { labels: { a: 'b' } } });
    const status = await api.merge(`${path}/status`, {
      status: { replicas: 3 },
      spec: { replicas: 9 },
    });
    const scaled = await api.merge(path, { spec: { replicas: 2 }, status: { replicas: 7 } });
    const generations = [labelled, status, scaled].map(({ metadata }) => metadata.generation);
    expect(generations).toEqual([1, 1, 2]);
    expect(scaled).toMatchObject({ spec: { replicas: 2 }, status: { replicas: 3 } });
  });

  it('stay at their revision when a write changes nothing', async () => {
    const before = await api.post(configMaps, { metadata: { name: 'same' }, data: { a: 'b' } });
    const after = await api.merge(`${configMaps}/same`, { data: { a: 'b' } });
    expect(after).toEqual(before);
  });

  it.each<[string, (created: ObjectMeta) => object, number, string]>([
    ['a resourceVersion that is past', () => ({ resourceVersion: '1' }), 409, 'Conflict'],
    ['another uid', ({ resourceVersion }) => ({ resourceVersion, uid: 'x' }), 409, 'Conflict'],
    ['no resourceVersion', () => ({}), 422, 'Invalid'],
  ])('are not replaced with %s', async (_what, metadata, status, reason) => {
    const created = await api.post(widgets, aWidget('', {}, { generateName: 'kept-' }));
    const { name } = created.metadata;
    const body = aWidget(name, { replicas: 5 }, metadata(created.metadata));
    const answer = await api.client.send('PUT', `${widgets}/${name}`, { body });
    expect({ status: answer.status, reason: answer.body.reason }).toEqual({ status, reason });
  });

  it.each([
    ['Strict', 400, []],
    ['Warn', 201, ['unknown field "spec.weight"']],
    ['Ignore', 201, []],
  ])('with an unknown field, under %s', async (validation, status, warnings) => {
    const body = aWidget(`unknown-${validation.toLowerCase()}`, { weight: 1 });
    const path = `${widgets}?fieldValidation=${validation}`;
    const answer = await api.client.send('POST', path, { body });
    expect({ status: answer.status, warnings: answer.warnings }).toEqual({ status, warnings });
    if (status === 400) {
      expect(answer.body.message).toBe(
        'Widget in version "v1" cannot be handled as a Widget: strict decoding error: unknown field "spec.weight"',
      );
    }
  });

  it('are not stored by a dry run', async () => {
    const dry = await api.client.send('POST', `${widgets}?dryRun=All`, { body: aWidget('dry') });
    expect(dry.status).toBe(201);
    expect(await api.isGone(`${widgets}/dry`)).toBe(true);
    await api.post(widgets, aWidget('wet'));
    await api.client.send('DELETE', `${widgets}/wet?dryRun=All`);
    expect(await api.isGone(`${widgets}/wet`)).toBe(false);
  });

  it('are refused for what their schema and rules say, all at once', async () => {
    const body = aWidget('bad', { colour: 'pink', replicas: -1 });
    const { status, body: refusal } = await api.client.send('POST', widgets, { body });
    expect(status).toBe(422);
    expect(refusal.details?.causes?.map(({ field }) => field)).toEqual([
      'spec.colour',
      'spec.replicas',
      '<nil>',
    ]);
    expect(refusal.message).toContain('some validation rules were not checked');
    const ruled = await api.client.send('POST', widgets, {
      body: aWidget('bad', { replicas: 11 }),
    });
    expect(ruled.body.message).toBe(
      'Widget.example.com "bad" is invalid: spec: Invalid value: too many replicas',
    );
    await api.post(widgets, aWidget('fixed'));
    const changed = await api.client.send('PATCH', `${widgets}/fixed`, {
      contentType: 'application/merge-patch+json',
      body: { spec: { colour: 'blue' } },
    });
    expect(changed.body.message).toContain(
      'spec.colour: Invalid value: "blue": colour is immutable',
    );
  });

  it('take all four kinds of patches, and no strategic one when they are custom', async () => {
    await api.post(widgets, aWidget('patched'));
    const path = `${widgets}/patched`;
    const json = await api.client.send('PATCH', path, {
      contentType: 'application/json-patch+json',
      body: [{ op: 'replace', path: '/spec/replicas', value: 2 }],
    });
    expect(json.body).toMatchObject({ spec: { replicas: 2 } });
    const strategic = { contentType: 'application/strategic-merge-patch+json', body: { spec: {} } };
    expect((await api.client.send('PATCH', path, strategic)).status).toBe(415);
    const contentType = 'application/apply-patch+yaml';
    const applied = await api.client.send('PATCH', `${path}?fieldManager=me&force=true`, {
      contentType,
      body: aWidget('patched', { replicas: 4 }),
    });
    expect(applied.body).toMatchObject({ spec: { replicas: 4 } });
    const core = await api.post('/api/v1/namespaces/default/services', {
      metadata: { name: 'patched' },
      spec: { ports: [{ port: 80, name: 'web' }] },
    });
    expect(core.spec).toMatchObject({ type: 'ClusterIP' });
    const merged = await api.client.send('PATCH', '/api/v1/namespaces/default/services/patched', {
      ...strategic,
      body: { spec: { ports: [{ port: 81, name: 'more' }] } },
    });
    expect(merged.body).toMatchObject({ spec: { ports: [{ port: 81 }, { port: 80 }] } });
  });

  it('are seen in each version of their kind', async () => {
    await api.post(widgets, aWidget('versions'));
    const path = `${widgets.replace('/v1/', '/v1beta1/')}/versions`;
    const { body, warnings } = await api.client.send('GET', path);
    expect(body).toMatchObject({ apiVersion: 'example.com/v1beta1' });
    expect(warnings).toEqual([
      'example.com/v1beta1 Widget is deprecated; use example.com/v1 Widget',
    ]);
  });

  it('have a scale', async () => {
    await api.post(widgets, aWidget('scaled'));
    await api.merge(`${widgets}/scaled/status`, { status: { replicas: 1, selector: 'a=b' } });
    expect(await api.get(`${widgets}/scaled/scale`)).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 1 },
      status: { replicas: 1, selector: 'a=b' },
    });
    await api.merge(`${widgets}/scaled/scale`, { spec: { replicas: 3 } });
    expect(await api.get(`${widgets}/scaled`)).toMatchObject({
      metadata: { generation: 2 },
      spec: { replicas: 3 },
    });
  });

  it('are selected by labels and by the fields that may be selected', async () => {
    await api.post(widgets, aWidget('blue', { colour: 'blue' }, { labels: { app: 'sel' } }));
    await api.post(widgets, aWidget('green', { colour: 'green' }, { labels: { app: 'sel' } }));
    const names = async (query: string) =>
      (await api.list(`${widgets}?${query}`)).map(({ metadata }) => metadata.name);
    expect(await names('labelSelector=app%3Dsel')).toEqual(['blue', 'green']);
    expect(await names('fieldSelector=spec.colour%3Dblue')).toEqual(['blue']);
    const unknown = await api.client.send('GET', `${widgets}?fieldSelector=spec.size%3D1`);
    expect(unknown.body).toMatchObject({
      code: 400,
      message: 'field label not supported: spec.size',
    });
  });

  it('keep no field called __proto__', async () => {
    const body = JSON.parse('{"metadata":{"name":"proto"},"data":{"__proto__":"x"}}') as object;
    expect((await api.client.send('POST', configMaps, { body })).status).toBe(400);
  });

  it('too big for a request are refused', async () => {
    const body = { metadata: { name: 'big' }, data: { a: 'x'.repeat(4 * 1024 * 1024) } };
    const answer = api.client.send('POST', configMaps, { body });
    const status = await answer.then(({ status: code }) => code).catch(() => 413);
    expect(status).toBe(413);
  });

  it('too big to be stored are refused', async () => {
    const body = { metadata: { name: 'big' }, data: { a: 'x'.repeat(1100 * 1024) } };
    const { status, body: refusal } = await api.client.send('POST', configMaps, { body });
    expect({ status, reason: refusal.reason }).toEqual({
      status: 413,
      reason: 'RequestEntityTooLarge',
    });
  });

  it('of one name and many writers come out as if written one after another', async () => {
    await api.post(configMaps, { metadata: { name: 'raced' }, data: {} });
    const keys = Array.from({ length: 50 }, (_, at) => `k${at}`);
    await Promise.all(
      keys.map((key) => api.merge(`${configMaps}/raced`, { data: { [key]: 'x' } })),
    );
    const { data = {} } = await api.get(`${configMaps}/raced`);
    expect(Object.keys(data).sort()).toEqual([...keys].sort());
  });
});
