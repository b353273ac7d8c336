import {
  type CloudEvent,
  encodeBinary,
  encodeStructured,
  type HttpMessage,
  withAttributes,
} from '@jetmesh/cloudevents-http';
import { cleanEventType, type DeliveryProfile } from '@jetmesh/eventing-api';
import {
  kymaExactSubjectAttribute,
  kymaSubjectAttribute,
  withoutInternalAttributes,
} from '../internal-attributes.ts';
import { headerValue } from './header-value.ts';

export interface Presentation {
  readonly profile: DeliveryProfile;
  readonly contentMode: 'binary' | 'structured';
  /** Name of the Kyma Subscription, for subscribers that asked for it in a header. */
  readonly subscriptionName: string | undefined;
}

type Changes = Readonly<Record<string, string | undefined>>;

/** The publisher proxy's note of the sender's type: the Kyma profiles restore the type, so it says nothing more. */
const hiddenInKyma: Changes = { ...withoutInternalAttributes, originaltype: undefined };

/** The stored event as a subscriber of that generation expects it (kyma.md §5.7, §7.7). */
export function presentEvent(event: CloudEvent, presentation: Presentation): HttpMessage {
  const { profile } = presentation;
  const presented = withAttributes(event, changesFor(event, profile));
  const encode = presentation.contentMode === 'structured' ? encodeStructured : encodeBinary;
  const message = encode(presented);
  if (profile !== 'kyma-legacy') return message;
  const headers = [...message.headers, ...legacyHeaders(message, presented, presentation)];
  return { headers, body: message.body };
}

function changesFor(event: CloudEvent, profile: DeliveryProfile): Changes {
  switch (profile) {
    case 'cloudevents':
      return withoutInternalAttributes;
    case 'kyma-legacy':
      return hiddenInKyma;
    case 'kyma-standard':
      return isLegacy(event) ? { ...hiddenInKyma, type: versionedType(event) } : hiddenInKyma;
    case 'kyma-exact':
      return { ...hiddenInKyma, ...exactIdentity(event) };
  }
}

function exactIdentity(event: CloudEvent): Changes {
  const exactSubject = event.attributes.get(kymaExactSubjectAttribute);
  if (exactSubject === undefined) return {};
  const type = exactSubject.replace(/^kyma\./, '');
  return isLegacy(event) ? { type, source: 'kyma' } : { type };
}

/**
 * Whether the event came as a legacy request: its alias then ends in type and version, while the alias of a
 * CloudEvent ends in its type alone. An Application's type label may change the rest of the alias.
 */
function isLegacy(event: CloudEvent): boolean {
  if (!event.attributes.has('eventtypeversion')) return false;
  const alias = event.attributes.get(kymaSubjectAttribute);
  return alias?.endsWith(`.${cleanEventType(versionedType(event))}`) ?? false;
}

function versionedType({ attributes }: CloudEvent): string {
  return `${attributes.get('type') ?? ''}.${attributes.get('eventtypeversion') ?? ''}`;
}

const legacyNames: readonly (readonly [attribute: string, header: string])[] = [
  ['source', 'KYMA-Source-ID'],
  ['type', 'KYMA-Event-Type'],
  ['eventtypeversion', 'KYMA-Event-Type-Version'],
  ['id', 'KYMA-Event-ID'],
  ['time', 'KYMA-Event-Time'],
];

/** The old bus' headers, in the very bytes that the `ce-*` headers of binary mode have. */
function legacyHeaders(
  message: HttpMessage,
  event: CloudEvent,
  presentation: Presentation,
): string[] {
  const binary = presentation.contentMode === 'binary' ? message : encodeBinary(event);
  const headers: string[] = [];
  for (const [attribute, header] of legacyNames) {
    const value = headerValue(binary.headers, `ce-${attribute}`);
    if (value !== undefined) headers.push(header, value);
  }
  const { subscriptionName } = presentation;
  if (subscriptionName !== undefined) headers.push('Kyma-Subscription', subscriptionName);
  return headers;
}
