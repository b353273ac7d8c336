import { startEmbeddedKubeApiServer } from './embedded-kube-api-server.ts';
import type { KubeApiStartOptions, KubeApiUnderTest } from './kube-api-under-test.ts';
import { startRealKubeApiServer } from './real-kube-api-server.ts';

interface KubeApi {
  readonly name: string;
  readonly start: (options?: KubeApiStartOptions) => Promise<KubeApiUnderTest>;
}

/** For `describe.each(kubeApis)('on $name', …)`: the same suite on both. */
export const kubeApis: readonly KubeApi[] = [
  { name: 'the embedded server', start: startEmbeddedKubeApiServer },
  { name: 'a real kube-apiserver', start: startRealKubeApiServer },
];
