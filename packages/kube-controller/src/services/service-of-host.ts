/** Namespace and name of a Service in a host name `<svc>.<ns>.svc[.cluster.local]`; undefined for any other. */
export function serviceOfHost(host: string): { namespace: string; name: string } | undefined {
  const [, name, namespace] = /^([^.]+)\.([^.]+)\.svc(?:\.cluster\.local\.?)?$/.exec(host) ?? [];
  return name === undefined || namespace === undefined ? undefined : { namespace, name };
}
