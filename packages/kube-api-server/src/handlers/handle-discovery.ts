import { aggregatedDiscovery, discoveryContentType } from '../discovery/aggregated-discovery.ts';
import { coreVersions, groupList, oneGroup, resourceList } from '../discovery/legacy-discovery.ts';
import { noSuchPath, noSuchResource } from '../errors/api-errors.ts';
import type { Rendering } from '../http/negotiate.ts';
import type { JsonObject } from '../json/json-value.ts';
import {
  openApiProtobuf,
  openApiProtobufAccept,
  openApiProtobufType,
} from '../openapi/openapi-protobuf.ts';
import type { ApiPath } from '../routing/api-path.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { ApiContext } from './api-context.ts';

/** Paths that say what the server serves. */
export function handleDiscovery(
  { registry, openApi }: ApiContext,
  path: Exclude<ApiPath, { kind: 'resource' }>,
  { rendering, host, accept }: { rendering: Rendering | undefined; host: string; accept: string },
): ApiAnswer {
  switch (path.kind) {
    case 'core-versions':
    case 'groups': {
      const root = path.kind === 'groups' ? 'apis' : 'api';
      if (rendering?.discovery !== undefined) {
        const body = aggregatedDiscovery(registry, root, rendering.discovery);
        const contentType = discoveryContentType(rendering.discovery);
        return { kind: 'json', code: 200, body, contentType };
      }
      return found(root === 'api' ? coreVersions(host) : groupList(registry));
    }
    case 'group':
      return found(oneGroup(registry, path.group));
    case 'group-version':
      return found(resourceList(registry, path.group, path.version));
    case 'openapi-index':
      return found(openApi.index());
    case 'openapi-group-version': {
      const body = openApi.document(path.group, path.version);
      if (body === undefined) throw noSuchResource();
      return { kind: 'bytes', contentType: 'application/json', body };
    }
    case 'version':
      return found(serverVersion);
    case 'health':
      return { kind: 'text', code: 200, text: 'ok' };
    case 'root':
      return found({
        paths: ['/api', '/apis', '/healthz', '/livez', '/openapi/v3', '/readyz', '/version'],
      });
    case 'openapi-v2':
      if (accept.includes(openApiProtobufAccept)) {
        const body = openApiProtobuf(openApi.version2());
        return { kind: 'bytes', contentType: openApiProtobufType, body };
      }
      if (rendering === undefined) throw noSuchResource();
      return found(openApi.version2());
    case 'unknown':
      throw noSuchPath();
  }
}

function found(body: JsonObject | undefined): ApiAnswer {
  if (body === undefined) throw noSuchPath();
  return { kind: 'json', code: 200, body };
}

/** The version whose behaviour is served. */
const serverVersion: JsonObject = {
  major: '1',
  minor: '37',
  gitVersion: 'v1.37.0+jetmesh',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: '',
  compiler: 'node',
  platform: 'linux/amd64',
};
