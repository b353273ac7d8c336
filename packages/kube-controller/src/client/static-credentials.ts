import type { KubeconfigContext } from './kubeconfig.ts';

/** Credentials that need no plug-in and no other party: inline, or in files. */
export interface StaticCredentials {
  readonly token?: string;
  readonly tokenFile?: string;
  readonly certificate?: Material;
  readonly key?: Material;
}

/** PEM text, inline in base64 or in a file; a relative path starts at the kubeconfig's folder. */
export type Material = { readonly base64: string } | { readonly file: string };

const staticFields = new Set([
  'token',
  'tokenFile',
  'client-certificate',
  'client-certificate-data',
  'client-key',
  'client-key-data',
]);

/** The credentials of a context that uses nothing else; undefined for exec plug-ins, OIDC, passwords and proxies. */
export function staticCredentials({
  cluster,
  user,
}: KubeconfigContext): StaticCredentials | undefined {
  const isStatic = Object.keys(user).every((field) => staticFields.has(field));
  if (!isStatic || cluster['proxy-url'] !== undefined) return undefined;
  const text = (field: string) => user[field] as string | undefined;
  const certificate = material(text('client-certificate-data'), text('client-certificate'));
  const key = material(text('client-key-data'), text('client-key'));
  const token = text('token');
  const tokenFile = text('tokenFile');
  return {
    ...(token === undefined ? {} : { token }),
    ...(tokenFile === undefined ? {} : { tokenFile }),
    ...(certificate === undefined ? {} : { certificate }),
    ...(key === undefined ? {} : { key }),
  };
}

export function material(base64?: string, file?: string): Material | undefined {
  if (base64 !== undefined) return { base64 };
  return file === undefined ? undefined : { file };
}
