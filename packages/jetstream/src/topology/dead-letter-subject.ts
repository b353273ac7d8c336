import { uidKey } from './uid-key.ts';

/** `ced.<broker>.<trigger>`: where an event is parked that a Trigger could not deliver. */
export function deadLetterSubject(brokerUid: string, triggerUid: string): string {
  return `ced.${uidKey(brokerUid)}.${uidKey(triggerUid)}`;
}

/** All dead letters of a Broker. */
export function brokerDeadLetterSubjects(brokerUid: string): string {
  return `ced.${uidKey(brokerUid)}.>`;
}
