/**
 * The names under which Kyma's publisher proxy stores an event on NATS: what `kymasubject` and `kymaexactsubject`
 * carry, and what Subscriptions are compared with. Characters are dropped, so different originals can share a subject.
 */
export const kymaTypePrefix = 'sap.kyma.custom';

/** What an Application of that name is called in subjects: see `applicationTypeName`. */
export type TypeNameOf = (application: string) => string;

const asItIs: TypeNameOf = (application) => application;

/** `kyma.<clean source>.<clean type>`; undefined when a segment of it would be empty. */
export function standardSubject(source: string, type: string): string | undefined {
  return subjectOf(`${cleanSource(source)}.${cleanEventType(type)}`);
}

/**
 * The subject of a CloudEvent whose type is `sap.kyma.custom.<application>.<object…>.<operation>.<version>`;
 * undefined for every other type.
 */
export function exactSubject(type: string, typeNameOf: TypeNameOf = asItIs): string | undefined {
  const cleanType = cleanPrefixedType(type, typeNameOf);
  return cleanType === undefined ? undefined : subjectOf(cleanType);
}

/** The subject that a legacy event has for exact subscribers; undefined when a segment of it would be empty. */
export function legacyExactSubject(
  application: string,
  eventType: string,
  eventTypeVersion: string,
): string | undefined {
  const event = joinAllButLast(keepAlphanumeric(eventType).split('.'));
  return subjectOf(
    `${kymaTypePrefix}.${cleanApplication(application)}.${event}.${eventTypeVersion}`,
  );
}

/** A v1alpha2 type as standard matching compares it: without spaces, wildcards and slashes; dots stay. */
export function cleanEventType(type: string): string {
  return type.replace(/[\t\n\f\r >*/\\]/g, '');
}

/** A prefixed type as the publisher proxy rewrites it; undefined when it has another prefix or fewer than four segments after it. */
export function cleanPrefixedType(
  type: string,
  typeNameOf: TypeNameOf = asItIs,
): string | undefined {
  if (!type.startsWith(`${kymaTypePrefix}.`)) return undefined;
  const [application = '', ...rest] = type.slice(kymaTypePrefix.length + 1).split('.');
  const version = rest.pop();
  if (version === undefined || rest.length < 2) return undefined;
  const event = `${joinAllButLast(rest)}.${version}`;
  const cleanType = keepAlphanumeric(
    `${kymaTypePrefix}.${cleanApplication(typeNameOf(application))}.${event}`,
  );
  return hasEmptySegment(cleanType) ? undefined : cleanType;
}

function subjectOf(name: string): string | undefined {
  return hasEmptySegment(name) ? undefined : `kyma.${name}`;
}

function hasEmptySegment(name: string): boolean {
  return name.split('.').includes('');
}

function cleanSource(source: string): string {
  return source.replace(/[\t\n\f\r .>*/\\]/g, '');
}

function cleanApplication(application: string): string {
  return application.replace(/[^a-zA-Z0-9]/g, '');
}

function keepAlphanumeric(name: string): string {
  return name.replace(/[^a-zA-Z0-9.]/g, '');
}

/** `a.b.c.d` is `abc.d`; a single segment stays. */
function joinAllButLast(segments: readonly string[]): string {
  const last = segments.at(-1) ?? '';
  const others = segments.slice(0, -1);
  return others.length === 0 ? last : `${others.join('')}.${last}`;
}
