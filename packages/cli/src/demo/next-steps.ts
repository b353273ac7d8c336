import type { Endpoints } from '../local-mesh/local-mesh.ts';

/** What to try next while the demo is up: exact commands. */
export function nextSteps(endpoints: Endpoints, kubeconfig: string): string {
  return `
The mesh stays up. In another terminal:

  export KUBECONFIG=${kubeconfig}
  kubectl get brokers,triggers,subscriptions,httpsources -A
  kubectl apply -f examples/hello/trigger.yaml
  kubectl wait -n shop --for=condition=Ready trigger/hello
  curl -i ${endpoints.adapter}/commerce/events -H 'ce-specversion: 1.0' -H 'ce-id: 1' \\
    -H 'ce-source: me' -H 'ce-type: greeting' -H 'content-type: application/json' -d '{"hello":"world"}'
  curl -i ${endpoints.adapter}/commerce/v1/events -H 'content-type: application/json' \\
    -d '{"event-type":"order.created","event-type-version":"v1","event-time":"2026-01-01T00:00:00Z","data":{"orderCode":"43"}}'
  kubectl patch httpsource commerce -n shop --type merge -p '{"spec":{"endpoints":{"legacy":"bus"}}}'
  kubectl delete trigger hello -n shop
  npm run -s jetmesh -- tail shop/default

Logs are in ${kubeconfig.replace(/kubeconfig$/, 'logs/')}. Ctrl-C stops everything; what is stored stays for the next run (--clean starts anew).
`;
}
