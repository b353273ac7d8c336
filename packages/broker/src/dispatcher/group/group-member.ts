import type { CloudEvent } from '@jetmesh/cloudevents-http';
import type { CompiledFilter } from '@jetmesh/event-filter';
import type { StreamMessage } from '@jetmesh/jetstream';

/** One Trigger among those that share a consumer. */
export interface GroupMember {
  readonly triggerUid: string;
  readonly filter: CompiledFilter;
  /** True once the event is delivered, or stored for this Trigger alone; false: neither, and it must come again. */
  take(message: StreamMessage, event: CloudEvent): Promise<boolean>;
}
