import { afterAll, beforeAll, beforeEach, describe } from '@jest/globals';
import { ApiClient } from './api-client.ts';
import { startEmbeddedKubeApiServer } from './embedded-kube-api-server.ts';
import { installDefinitions } from './install-definitions.ts';
import type {
  KubeApiAccess,
  KubeApiStartOptions,
  KubeApiUnderTest,
} from './kube-api-under-test.ts';
import { startRealKubeApiServer } from './real-kube-api-server.ts';
import { createTestNamespace } from './test-namespace.ts';

/** What a test of a suite has; its fields are set when the test runs. */
export interface KubeFixture {
  readonly access: KubeApiAccess;
  readonly api: ApiClient;
  /** A Namespace of the test's own. */
  readonly namespace: string;
}

const kubeApis = [
  { name: 'the embedded server', start: startEmbeddedKubeApiServer },
  { name: 'a real kube-apiserver', start: startRealKubeApiServer },
];

/** The same suite on both servers, each started once for it, with our definitions unless told otherwise. */
export function describeOnKubeApis(
  title: string,
  suite: (kube: KubeFixture) => void,
  options: KubeApiStartOptions = { prepare: installDefinitions },
): void {
  describe.each(kubeApis)(`${title}, on $name`, ({ start }) => {
    const kube = {} as { -readonly [field in keyof KubeFixture]: KubeFixture[field] };
    let server: KubeApiUnderTest;

    beforeAll(async () => {
      server = await start(options);
      kube.access = server;
      kube.api = new ApiClient(server);
    }, 120_000);

    beforeEach(async () => {
      kube.namespace = await createTestNamespace(kube.api);
    });

    afterAll(async () => {
      await kube.api.close();
      await server.stop();
    });

    suite(kube);
  });
}
