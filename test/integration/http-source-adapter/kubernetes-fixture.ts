import { startKubernetesApi, type KubernetesApi } from '../../kube/support/start-kubernetes-api.ts';

const namespaces = [
  'kyma-system',
  'kyma-integration',
  'jetmesh-system',
  'shop',
  'billing',
  'travel',
];

/** A Kubernetes API with Jetmesh's definitions and the Namespaces that the tests use. */
export function startKubernetes(): Promise<KubernetesApi> {
  return startKubernetesApi({ namespaces });
}
