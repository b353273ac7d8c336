import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import {
  configMaps,
  definitions,
  startEmbeddedApi,
  widgets,
  type EmbeddedApi,
} from './embedded-api.ts';
import { aWidget, widgetDefinition } from './widget-definition.ts';

const asTable = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
const asMetadata = 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io';

describe('the forms of an answer', () => {
  let api: EmbeddedApi;

  beforeAll(async () => {
    api = await startEmbeddedApi();
    await api.post(definitions, widgetDefinition);
    await api.post(widgets, aWidget('one', {}, { labels: { app: 'a' } }));
  });
  afterAll(() => api.close());

  const get = async (path: string, accept: string): Promise<{ type: string; text: string }> => {
    const response = await fetch(`${api.server.url}${path}`, { headers: { accept } });
    return { type: response.headers.get('content-type') ?? '', text: await response.text() };
  };

  it('is a Table of one object or many', async () => {
    for (const path of [widgets, `${widgets}/one`]) {
      const { text } = await get(path, asTable);
      expect(JSON.parse(text)).toMatchObject({
        kind: 'Table',
        columnDefinitions: [{ name: 'Name' }, { name: 'Colour' }, { name: 'Ready' }],
        rows: [{ cells: ['one', 'red', null], object: { kind: 'PartialObjectMetadata' } }],
      });
    }
  });

  it('is metadata alone', async () => {
    const one = await get(`${widgets}/one`, asMetadata);
    expect(JSON.parse(one.text)).toMatchObject({
      kind: 'PartialObjectMetadata',
      metadata: { name: 'one', labels: { app: 'a' } },
    });
    const many = await get(widgets, asMetadata.replace('Metadata;', 'MetadataList;'));
    expect(JSON.parse(many.text)).toMatchObject({
      kind: 'PartialObjectMetadataList',
      items: [{ kind: 'PartialObjectMetadata' }],
    });
    expect(many.text).not.toContain('"spec"');
  });

  it('is YAML', async () => {
    const { type, text } = await get(`${widgets}/one`, 'application/yaml');
    expect(type).toBe('application/yaml');
    expect(parse(text)).toMatchObject({ kind: 'Widget', spec: { colour: 'red' } });
  });

  it('is a stream of Tables, the first of which describes its columns', async () => {
    const path = `${widgets}?watch=true&timeoutSeconds=1`;
    const { text } = await get(path, asTable);
    const [first] = text.trim().split('\n');
    expect(JSON.parse(first ?? '')).toMatchObject({
      type: 'ADDED',
      object: { kind: 'Table', columnDefinitions: [{ name: 'Name' }, {}, {}], rows: [{}] },
    });
  });

  it('is refused when the client takes none that there is', async () => {
    const { type, text } = await get(widgets, 'application/vnd.kubernetes.protobuf');
    expect(type).toBe('application/json');
    expect(JSON.parse(text)).toMatchObject({ code: 406, reason: 'NotAcceptable' });
  });

  it.each([
    ['/api', 'APIVersions'],
    ['/apis', 'APIGroupList'],
    ['/apis/example.com', 'APIGroup'],
    ['/apis/example.com/v1', 'APIResourceList'],
  ])('of %s is discovery without aggregation', async (path, kind) => {
    const { text } = await get(path, 'application/json');
    expect(JSON.parse(text)).toMatchObject({ kind });
  });

  it('of a deletion of many is what was deleted', async () => {
    for (const name of ['d1', 'd2']) {
      await api.post(configMaps, { metadata: { name, labels: { gone: 'yes' } } });
    }
    await api.post(configMaps, { metadata: { name: 'kept' } });
    const path = `${configMaps}?labelSelector=gone%3Dyes`;
    const { body } = await api.client.send<{ items: object[] }>('DELETE', path);
    expect(body.items).toHaveLength(2);
    expect((await api.list(configMaps)).map(({ metadata }) => metadata.name)).toEqual(['kept']);
  });

  it('to a HEAD is the head alone', async () => {
    const response = await fetch(`${api.server.url}${widgets}`, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });
});
