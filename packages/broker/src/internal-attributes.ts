/** Hops that an event may still make through replies: every pass through a Broker costs one (knative.md §3.3). */
export const timeToLiveAttribute = 'knativebrokerttl';

/** The aliases by which Kyma's generations of Subscriptions filter; the HTTP source adapter sets them. */
export const kymaSubjectAttribute = 'kymasubject';
export const kymaExactSubjectAttribute = 'kymaexactsubject';

/** The change that removes what is for the Broker alone and never reaches a subscriber. */
export const withoutInternalAttributes: Readonly<Record<string, undefined>> = {
  [kymaSubjectAttribute]: undefined,
  [kymaExactSubjectAttribute]: undefined,
  [timeToLiveAttribute]: undefined,
};
