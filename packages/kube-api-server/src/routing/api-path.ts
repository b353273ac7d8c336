/** What a path of the API names; pure text, nothing is looked up. */
export type ApiPath =
  | { readonly kind: 'resource'; readonly target: ResourcePath }
  | { readonly kind: 'core-versions' }
  | { readonly kind: 'groups' }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'group-version'; readonly group: string; readonly version: string }
  | { readonly kind: 'openapi-index' }
  | { readonly kind: 'openapi-group-version'; readonly group: string; readonly version: string }
  | { readonly kind: 'openapi-v2' }
  | { readonly kind: 'version' }
  | { readonly kind: 'health'; readonly check: string }
  | { readonly kind: 'root' }
  | { readonly kind: 'unknown' };

export interface ResourcePath {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
}

const namespaceSubresources = new Set(['status', 'finalize']);

export function parseApiPath(path: string): ApiPath {
  const parts = decodedParts(path);
  if (parts === undefined) return { kind: 'unknown' };
  const [first, ...rest] = parts;
  switch (first) {
    case undefined:
      return { kind: 'root' };
    case 'api':
      return coreApi(rest);
    case 'apis':
      return groupApi(rest);
    case 'openapi':
      return openApi(rest);
    case 'version':
      return rest.length === 0 ? { kind: 'version' } : { kind: 'unknown' };
    case 'healthz':
    case 'readyz':
    case 'livez':
      return { kind: 'health', check: first };
    default:
      return { kind: 'unknown' };
  }
}

/** The segments of a path; undefined when one is not valid percent-encoding. */
function decodedParts(path: string): string[] | undefined {
  try {
    return path
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function coreApi([version, ...rest]: string[]): ApiPath {
  if (version === undefined) return { kind: 'core-versions' };
  if (rest.length === 0) return { kind: 'group-version', group: '', version };
  return resourcePath({ group: '', version }, rest);
}

function groupApi([group, version, ...rest]: string[]): ApiPath {
  if (group === undefined) return { kind: 'groups' };
  if (version === undefined) return { kind: 'group', group };
  if (rest.length === 0) return { kind: 'group-version', group, version };
  return resourcePath({ group, version }, rest);
}

function openApi([edition, ...rest]: string[]): ApiPath {
  if (edition === 'v2' && rest.length === 0) return { kind: 'openapi-v2' };
  if (edition !== 'v3') return { kind: 'unknown' };
  const [root, ...names] = rest;
  if (root === undefined) return { kind: 'openapi-index' };
  const [group, version] = root === 'api' ? ['', names[0]] : [names[0], names[1]];
  if (group === undefined || version === undefined) return { kind: 'unknown' };
  return { kind: 'openapi-group-version', group, version };
}

function resourcePath(at: { group: string; version: string }, parts: string[]): ApiPath {
  const [first = '', second, third] = parts;
  const isInNamespace =
    first === 'namespaces' &&
    second !== undefined &&
    third !== undefined &&
    !(at.group === '' && parts.length === 3 && namespaceSubresources.has(third));
  const namespace = isInNamespace ? { namespace: second } : {};
  const [plural = '', name, ...sub] = isInNamespace ? parts.slice(2) : parts;
  return {
    kind: 'resource',
    target: {
      ...at,
      plural,
      ...namespace,
      ...(name === undefined ? {} : { name }),
      ...(sub.length === 0 ? {} : { subresource: sub.join('/') }),
    },
  };
}
