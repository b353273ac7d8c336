export type { Logger } from './logger.ts';
export { kubeconfigFor, type ServerAccess } from './kubeconfig-for.ts';
export { applyManifests, type ApplyManifestsOptions } from './manifests/apply-manifests.ts';
export { followManifests, type FollowManifestsOptions } from './manifests/follow-manifests.ts';
export type { ManifestSource } from './manifests/read-manifests.ts';
export {
  startKubeApiServer,
  type KubeApiServer,
  type KubeApiServerOptions,
} from './start-kube-api-server.ts';
export { memoryStorage } from './storage/memory-storage.ts';
export type { ObjectStorage, StorageWriteResult, StoredEntry } from './storage/object-storage.ts';
