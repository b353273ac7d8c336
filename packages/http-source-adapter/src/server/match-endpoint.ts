/** What a path asks for; `application` is undefined where the path names none. */
export interface EndpointMatch {
  readonly endpoint: EndpointName;
  readonly application: string | undefined;
}

export type EndpointName =
  'legacy-v1' | 'legacy-v2' | 'subscribed' | 'events' | 'publish' | 'health' | 'readiness';

const fixedPaths: ReadonlyMap<string, EndpointName> = new Map([
  ['/publish', 'publish'],
  ['/healthz', 'health'],
  ['/v1/health', 'health'],
  ['/readyz', 'readiness'],
]);

const applicationPaths: ReadonlyMap<string, EndpointName> = new Map([
  ['v1/events', 'legacy-v1'],
  ['v2/events', 'legacy-v2'],
  ['v1/events/subscribed', 'subscribed'],
  ['events', 'events'],
]);

/** The endpoint that a request target addresses, whatever the method. Whole segments count, not beginnings of them. */
export function matchEndpoint(target: string): EndpointMatch | undefined {
  const query = target.indexOf('?');
  const path = query === -1 ? target : target.slice(0, query);
  const fixed = fixedPaths.get(path);
  if (fixed !== undefined) return { endpoint: fixed, application: undefined };
  const slash = path.indexOf('/', 1);
  const endpoint = slash === -1 ? undefined : applicationPaths.get(path.slice(slash + 1));
  if (endpoint === undefined || !path.startsWith('/')) return undefined;
  const application = decodedSegment(path.slice(1, slash));
  return application === undefined ? undefined : { endpoint, application };
}

function decodedSegment(segment: string): string | undefined {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
