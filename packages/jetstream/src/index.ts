export { connectJetStream, type FirstConnectionOptions } from './connection/connect-jetstream.ts';
export { JetStreamConnectionError } from './connection/jetstream-connection-error.ts';
export type { JetStreamConnection } from './connection/jetstream-connection.ts';
export type { JetStreamSettings } from './connection/jetstream-settings.ts';
export { settingsFromVariables } from './connection/settings-from-variables.ts';
export { serverFeatures, type ServerFeatures } from './connection/server-features.ts';

export {
  consumerConfig,
  groupConsumerConfig,
  type ConsumerConfig,
} from './topology/consumer-config.ts';
export type { ConsumerSettings } from './topology/consumer-settings.ts';
export { deadLetterSubject } from './topology/dead-letter-subject.ts';
export { eventSubject } from './topology/event-subject.ts';
export {
  brokerOfShadowSubject,
  shadowReportSubject,
  shadowSubject,
  shadowSubjects,
} from './topology/shadow-subjects.ts';
export { filterSubjects } from './topology/filter-subjects.ts';
export {
  brokerKey,
  consumerName,
  deadLetterStreamName,
  groupConsumerName,
  isRetryStream,
  isTriggerConsumer,
  retryStreamName,
  streamName,
} from './topology/names.ts';
export { retrySubject, retrySubjectOfConsumer } from './topology/retry-subject.ts';
export {
  deadLetterStreamConfig,
  retryStreamConfig,
  streamConfig,
  type StreamConfig,
} from './topology/stream-config.ts';
export { defaultStreamSettings, type StreamSettings } from './topology/stream-settings.ts';
export type { SubjectNarrowing } from './topology/subject-narrowing.ts';

export { Outbox } from './publish/outbox.ts';
export type { OutboxLimits } from './publish/outbox-limits.ts';
export type { OutgoingMessage } from './publish/outgoing-message.ts';
export type { PublishOutcome } from './publish/publish-outcome.ts';

export type { MessagePull, PullSettings } from './consume/message-pull.ts';
export { MessagePuller } from './consume/message-puller.ts';
export type { StreamMessage } from './consume/stream-message.ts';

export { createStreamAdmin } from './admin/create-stream-admin.ts';
export type { EnsureResult } from './admin/ensure-result.ts';
export { JetStreamAdminError } from './admin/jetstream-admin-error.ts';
export { readHeaders, type HeadersRange, type StoredHeaders } from './admin/read-headers.ts';
export type { StreamAdmin } from './admin/stream-admin.ts';
export type {
  ConsumerState,
  StoredMessage,
  StreamState,
  StreamSummary,
} from './admin/stream-state.ts';

export type { KeyValueBucket, KeyValueWriteResult } from './key-value/key-value-bucket.ts';
export { openKeyValueBucket } from './key-value/open-key-value-bucket.ts';

export type {
  Claim,
  LiveReplica,
  ReplicaAnnouncement,
  ReplicaOptions,
  ReplicaRegistry,
  ReplicaView,
} from './replicas/replica-registry.ts';
export { createReplicaView } from './replicas/create-replica-view.ts';
export { openReplicaRegistry } from './replicas/open-replica-registry.ts';

export { createRecordStore } from './records/create-record-store.ts';
export type { RecordStore, StoredRecord } from './records/record-store.ts';

export { UnstoredMessages, type UnstoredMessage } from './beside/unstored-messages.ts';
