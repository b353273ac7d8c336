/** Namespaces that a migration never touches: those that Kyma's own left alone, and Jetmesh's. */
export const systemNamespaces: ReadonlySet<string> = new Set([
  'istio-system',
  'jetmesh-system',
  'knative-eventing',
  'knative-serving',
  'kube-node-lease',
  'kube-public',
  'kube-system',
  'kyma-installer',
  'kyma-integration',
  'kyma-system',
  'natss',
]);
