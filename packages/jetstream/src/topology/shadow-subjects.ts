import { uidKey } from './uid-key.ts';

/**
 * `cesh.<broker>`: an event that the Broker's Triggers judge and nobody delivers. No stream has it, and no consumer's
 * filter can match it: those are all below `ceb.<broker>`.
 */
export function shadowSubject(brokerUid: string): string {
  return `cesh.${uidKey(brokerUid)}`;
}

/** Those of every Broker. */
export const shadowSubjects = 'cesh.*';

/** The Broker's token of a shadow subject, as `brokerKey` makes it. */
export function brokerOfShadowSubject(subject: string): string {
  return subject.slice(subject.indexOf('.') + 1);
}

/** Where every dispatcher is asked what it has counted. */
export const shadowReportSubject = 'cesr';
