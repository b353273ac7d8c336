import { carriedHeaders } from '@jetmesh/cloudevents-http';

/** Headers beside the event's own: the trace goes on, the Trigger's Namespace is told, and who may reply is asked to. */
export function requestHeaders(
  storedHeaders: readonly string[],
  namespace: string,
  mayReply: boolean,
): string[] {
  const headers = carriedHeaders(storedHeaders);
  headers.push('Kn-Namespace', namespace);
  if (mayReply) headers.push('Prefer', 'reply');
  return headers;
}
