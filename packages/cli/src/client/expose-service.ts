import { serviceKind, type Service } from '@jetmesh/eventing-api';
import type { KubeClient } from '@jetmesh/kube-controller';

export interface Exposure {
  readonly name: string;
  readonly namespace: string;
  /** Port of the process on this machine. */
  readonly port: number;
}

/** A Service whose port 80 is a process on this machine: what a real API server accepts for loopback. */
export async function exposeService(client: KubeClient, exposure: Exposure): Promise<void> {
  const { name, namespace, port } = exposure;
  const service: Service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: {
      type: 'ExternalName',
      externalName: 'localhost',
      ports: [{ name: 'http', port: 80, targetPort: port, protocol: 'TCP' }],
    },
  };
  await client.apply(serviceKind, service, { fieldManager: 'jetmesh-expose', force: true });
}
