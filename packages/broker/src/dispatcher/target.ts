/** Where requests go: a URI as the status says it, taken apart once for every request. */
export interface Target {
  /** Unchanged, as `knativeerrordest` names it. */
  readonly uri: string;
  readonly origin: string;
  readonly path: string;
  /** PEM bundle that its TLS certificate is checked against; undefined trusts the system's. */
  readonly caCertificates: string | undefined;
}

/** Undefined when the URI is no URL. A scheme other than http(s) means `http://<host>/`, as in the reference. */
export function targetOf(uri: string, caCertificates: string | undefined): Target | undefined {
  if (!URL.canParse(uri)) return undefined;
  const url = new URL(uri);
  if (url.host === '') return undefined;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { uri, origin: `http://${url.host}`, path: '/', caCertificates };
  }
  return { uri, origin: url.origin, path: `${url.pathname}${url.search}`, caCertificates };
}
