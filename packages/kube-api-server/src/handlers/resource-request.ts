import type { ServedResource } from '../registry/resource.ts';

/** A request for objects of a known resource. */
export interface ResourceRequest {
  readonly served: ServedResource;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly userAgent: string;
  readonly body: Buffer;
}
