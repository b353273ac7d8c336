import { configMapKind, type ConfigMap } from '@jetmesh/eventing-api';
import { isNotFound, type KubeClient } from '@jetmesh/kube-controller';
import { backupText, mergedBackup, readBackup, type SubscriptionBackup } from './backup.ts';

export const backupName = 'jetmesh-migration';

/** The backups of a Namespace, in a ConfigMap there: one entry a Subscription. */
export class BackupStore {
  readonly #client: KubeClient;
  readonly #namespace: string;

  constructor(client: KubeClient, namespace: string) {
    this.#client = client;
    this.#namespace = namespace;
  }

  /** By name of the Subscription; undefined for an entry that cannot be read. */
  async read(): Promise<ReadonlyMap<string, SubscriptionBackup | undefined>> {
    const found = await this.#client.get<ConfigMap>(configMapKind, this.#key);
    const entries = Object.entries(found?.data ?? {});
    return new Map(entries.map(([name, text]) => [name, readBackup(text)]));
  }

  async keep(backup: SubscriptionBackup): Promise<SubscriptionBackup> {
    const { name } = backup.subscription.metadata;
    const kept = mergedBackup((await this.read()).get(name), backup);
    const data = { [name]: backupText(kept) };
    try {
      await this.#client.mergePatch(configMapKind, this.#key, { data });
    } catch (error) {
      if (!isNotFound(error)) throw error;
      await this.#client.create<ConfigMap>(configMapKind, this.#configMap(data));
    }
    return kept;
  }

  async drop(name: string): Promise<void> {
    await this.#client.mergePatch(configMapKind, this.#key, { data: { [name]: null } });
  }

  get #key(): string {
    return `${this.#namespace}/${backupName}`;
  }

  #configMap(data: Record<string, string>): ConfigMap {
    const labels = { 'app.kubernetes.io/managed-by': 'jetmesh-migrate' };
    return {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: backupName, namespace: this.#namespace, labels },
      data,
    };
  }
}
