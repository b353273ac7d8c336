export {
  isAlreadyExists,
  isConflict,
  isGone,
  isNotFound,
  KubeApiError,
} from './client/kube-api-error.ts';
export type { KubeClient, ListOptions, ObjectList } from './client/kube-client.ts';
export { type KubeClientSettings, loadKubeClient } from './client/load-kube-client.ts';
export { type WatchEvent, type WatchOptions, WatchStalledError } from './client/watch-events.ts';
export {
  Controller,
  type ControllerOptions,
  type Reconciled,
  type ReconcileResult,
  TerminalError,
} from './controller/controller.ts';
export { repeat } from './controller/repeat.ts';
export { KubernetesEventRecorder } from './events/kubernetes-event-recorder.ts';
export type { RecordedEvent } from './events/kubernetes-event.ts';
export { LeaderElector, type LeaderElectorOptions } from './leader/leader-election.ts';
export { Leadership, type LeadershipOptions } from './leader/leadership.ts';
export { microTime } from './leader/lease-claim.ts';
export type { Logger } from './logger.ts';
export { WorkQueue } from './queue/work-queue.ts';
export type { ObjectStore } from './reflector/object-store.ts';
export { type ObjectChange, Reflector, type ReflectorOptions } from './reflector/reflector.ts';
export type { HostAndPort } from './services/local-address.ts';
export { ServiceDirectory } from './services/service-directory.ts';
export { type StatusWrite, writeStatus } from './status/write-status.ts';
