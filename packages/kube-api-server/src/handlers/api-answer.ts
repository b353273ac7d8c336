import type { JsonObject } from '../json/json-value.ts';
import type { ServedResource } from '../registry/resource.ts';
import type { KubeObject } from '../object/kube-object.ts';
import type { WatchOptions } from './watch-options.ts';

export interface ListAnswer {
  readonly items: readonly KubeObject[];
  readonly metadata: JsonObject;
}

/** What a handler answers; how it is rendered (JSON, Table, stream) depends on what the client accepts. */
export type ApiAnswer =
  | {
      readonly kind: 'object';
      readonly code: number;
      readonly served: ServedResource;
      readonly object: KubeObject;
      readonly warnings?: readonly string[];
    }
  | { readonly kind: 'list'; readonly served: ServedResource; readonly list: ListAnswer }
  | {
      readonly kind: 'json';
      readonly code: number;
      readonly body: JsonObject;
      readonly contentType?: string;
    }
  | { readonly kind: 'bytes'; readonly contentType: string; readonly body: Buffer }
  | { readonly kind: 'text'; readonly code: number; readonly text: string }
  | { readonly kind: 'watch'; readonly options: WatchOptions };
