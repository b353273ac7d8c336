import type { Logger } from '../logger.ts';
import type { OpenApiDocuments } from '../openapi/openapi-documents.ts';
import type { ResourceRegistry } from '../registry/resource-registry.ts';
import type { OpenWatches } from '../watch/open-watches.ts';
import type { ObjectStore } from '../store/object-store.ts';

/** What every handler works with. */
export interface ApiContext {
  readonly store: ObjectStore;
  readonly registry: ResourceRegistry;
  readonly openApi: OpenApiDocuments;
  readonly watches: OpenWatches;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly newUid: () => string;
  /** Five characters for generated names. */
  readonly newNameSuffix: () => string;
}
