import { stringify } from 'yaml';
import type { ApiAnswer, ListAnswer } from '../handlers/api-answer.ts';
import type { JsonObject } from '../json/json-value.ts';
import { servedApiVersion, type ServedResource } from '../registry/resource.ts';
import { partialMetadata, tableOf, type IncludedObject } from '../table/table-of.ts';
import type { Rendering } from './negotiate.ts';

export interface RenderContext {
  readonly rendering: Rendering;
  readonly include: IncludedObject;
  readonly now: Date;
}

export interface RenderedAnswer {
  readonly code: number;
  readonly contentType: string;
  readonly body: string | Buffer;
}

/** An answer as bytes, in the form that the client accepts. */
export function renderAnswer(
  answer: Exclude<ApiAnswer, { kind: 'watch' }>,
  context: RenderContext,
): RenderedAnswer {
  switch (answer.kind) {
    case 'object':
      return { ...encode(objectBody(answer, context), context), code: answer.code };
    case 'list':
      return { ...encode(listBody(answer, context), context), code: 200 };
    case 'json': {
      const encoded = encode(answer.body, context);
      const contentType = answer.contentType ?? encoded.contentType;
      return { ...encoded, contentType, code: answer.code };
    }
    case 'bytes':
      return { code: 200, contentType: answer.contentType, body: answer.body };
    case 'text':
      return { code: answer.code, contentType: 'text/plain; charset=utf-8', body: answer.text };
  }
}

function objectBody(
  { served, object }: Extract<ApiAnswer, { kind: 'object' }>,
  { rendering, include, now }: RenderContext,
): JsonObject {
  switch (rendering.as) {
    case 'object':
      return object;
    case 'metadata':
      return partialMetadata(object);
    case 'table': {
      const { resourceVersion = '' } = object.metadata;
      const metadata = { resourceVersion };
      return tableOf([object], { columns: served.version.columns, metadata, include, now });
    }
  }
}

function listBody(
  { served, list }: { served: ServedResource; list: ListAnswer },
  { rendering, include, now }: RenderContext,
): JsonObject {
  const { metadata } = list;
  switch (rendering.as) {
    case 'object':
      return {
        kind: served.resource.listKind,
        apiVersion: servedApiVersion(served),
        metadata,
        items: [...list.items],
      };
    case 'metadata':
      return {
        kind: 'PartialObjectMetadataList',
        apiVersion: 'meta.k8s.io/v1',
        metadata,
        items: list.items.map(partialMetadata),
      };
    case 'table':
      return tableOf(list.items, { columns: served.version.columns, metadata, include, now });
  }
}

function encode(
  body: JsonObject,
  { rendering }: RenderContext,
): { contentType: string; body: string } {
  return rendering.encoding === 'yaml'
    ? { contentType: 'application/yaml', body: stringify(body) }
    : { contentType: 'application/json', body: `${JSON.stringify(body)}\n` };
}
