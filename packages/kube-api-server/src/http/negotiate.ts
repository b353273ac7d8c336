import { notAcceptable } from '../errors/api-errors.ts';

/** In which form a client wants what it asked for. */
export interface Rendering {
  readonly encoding: 'json' | 'yaml';
  readonly as: 'object' | 'table' | 'metadata';
  /** For discovery: which version of the aggregated form, if any. */
  readonly discovery: 'v2' | 'v2beta1' | undefined;
}

const plain: Rendering = { encoding: 'json', as: 'object', discovery: undefined };
const offered = ['application/json', 'application/yaml'];

/** The first media type of an Accept header that the server can give. */
export function negotiate(accept: string): Rendering {
  if (accept.trim() === '') return plain;
  for (const range of accept.split(',')) {
    const [mediaType = '', ...parameters] = range.split(';').map((part) => part.trim());
    const rendering = renderingOf(mediaType.toLowerCase(), new Set(parameters));
    if (rendering !== undefined) return rendering;
  }
  throw notAcceptable(offered);
}

function renderingOf(mediaType: string, parameters: ReadonlySet<string>): Rendering | undefined {
  const encoding = encodingOf(mediaType);
  if (encoding === undefined) return undefined;
  const as = [...parameters].find((each) => each.startsWith('as='))?.slice(3);
  switch (as) {
    case undefined:
      return { ...plain, encoding };
    case 'Table':
      return parameters.has('v=v1') ? { ...plain, encoding, as: 'table' } : undefined;
    case 'PartialObjectMetadata':
    case 'PartialObjectMetadataList':
      return { ...plain, encoding, as: 'metadata' };
    case 'APIGroupDiscoveryList':
      if (parameters.has('v=v2')) return { ...plain, encoding, discovery: 'v2' };
      return parameters.has('v=v2beta1') ? { ...plain, encoding, discovery: 'v2beta1' } : undefined;
    default:
      return undefined;
  }
}

function encodingOf(mediaType: string): Rendering['encoding'] | undefined {
  switch (mediaType) {
    case 'application/json':
    case 'application/*':
    case '*/*':
    case 'text/html':
      return 'json';
    case 'application/yaml':
      return 'yaml';
    default:
      return undefined;
  }
}
