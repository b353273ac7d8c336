import { brokerKeyOfRetryStream } from './names.ts';
import { uidKey } from './uid-key.ts';

/** `cer.<broker>.<trigger>`: where an event waits that a Trigger without a filtered consumer could not deliver at once. */
export function retrySubject(retryStream: string, triggerUid: string): string {
  return `cer.${brokerKeyOfRetryStream(retryStream)}.${uidKey(triggerUid)}`;
}

/** The one that a Trigger's consumer on a retry stream asks for; it is named after the Trigger alone. */
export function retrySubjectOfConsumer(retryStream: string, consumer: string): string {
  return `cer.${brokerKeyOfRetryStream(retryStream)}.${consumer.replace(/^TRIGGER_/, '')}`;
}

/** All retries of a Broker. */
export function brokerRetrySubjects(brokerUid: string): string {
  return `cer.${uidKey(brokerUid)}.>`;
}
