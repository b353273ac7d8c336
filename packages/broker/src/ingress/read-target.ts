import type { Answer } from './answer.ts';

export type RequestTarget =
  | { readonly kind: 'broker'; readonly path: string }
  | { readonly kind: 'answered'; readonly answer: Answer };

const probeAnswer: Answer = {
  code: 200,
  headers: ['WebHook-Allowed-Origin', '*', 'WebHook-Allowed-Rate', '*'],
};

/** What method and URL alone decide (knative.md §3.1, checks 1 to 4); a query counts as part of the Broker's name. */
export function readTarget(method: string, url: string): RequestTarget {
  if (method !== 'POST') return answered(method === 'OPTIONS' ? probeAnswer : { code: 405 });
  if (url === '/') return answered({ code: 404 });
  const path = url.endsWith('/') ? url.slice(0, -1) : url;
  const slash = path.indexOf('/', 1);
  const isNamespaceAndName =
    path.startsWith('/') && slash > 1 && slash < path.length - 1 && !path.includes('/', slash + 1);
  return isNamespaceAndName ? { kind: 'broker', path } : answered({ code: 400 });
}

function answered(answer: Answer): RequestTarget {
  return { kind: 'answered', answer };
}
