/** Where requests go: a URI as the status says it, taken apart once for every request. */
export interface Target {
  /** As `knativeerrordest` names it: unchanged, but for control characters, which no header can hold. */
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
  const named = uri.replace(/[\0-\x1f\x7f]/g, encodeURIComponent);
  if (url.host === '') return undefined;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { uri: named, origin: `http://${url.host}`, path: '/', caCertificates };
  }
  return { uri: named, origin: url.origin, path: `${url.pathname}${url.search}`, caCertificates };
}
