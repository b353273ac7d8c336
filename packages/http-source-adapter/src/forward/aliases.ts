import {
  cleanEventType,
  exactSubject,
  kymaTypePrefix,
  legacyExactSubject,
  standardSubject,
  type TypeNameOf,
} from '@jetmesh/eventing-api';

/** Names that Kyma's publisher proxy would store an event under; undefined where it has none. */
export interface Aliases {
  readonly standard: string | undefined;
  readonly exact: string | undefined;
}

/** A legacy event has both names; its type for standard subscribers ends in the version. */
export function aliasesOfLegacyEvent(
  applicationTypeName: string,
  type: string,
  typeVersion: string,
): Aliases {
  return {
    standard: standardSubject(applicationTypeName, `${type}.${typeVersion}`),
    exact: legacyExactSubject(applicationTypeName, type, typeVersion),
  };
}

/** A CloudEvent has one name: the exact one when its type begins with Kyma's prefix, else the standard one. */
export function aliasesOfCloudEvent(source: string, type: string, typeNameOf: TypeNameOf): Aliases {
  return hasKymaPrefix(type)
    ? { standard: undefined, exact: exactSubject(type, typeNameOf) }
    : { standard: standardSubject(typeNameOf(source), type), exact: undefined };
}

/** Why the publisher proxy refuses a type that has no name, in its words. */
export function namelessTypeProblem(applicationTypeName: string, type: string): string {
  if (hasKymaPrefix(type)) {
    return `failed to parse event-type=${type} with prefix=${kymaTypePrefix}: invalid format`;
  }
  const cleanSource = cleanEventType(applicationTypeName).replaceAll('.', '');
  const cleanType = `kyma.${cleanSource}.${cleanEventType(type)}`;
  return `event type cannot have empty segments after cleaning: ${cleanType}`;
}

/** The attributes to set on an event, so that it has these aliases and none of its sender's. */
export function aliasAttributes({ standard, exact }: Aliases): AliasAttributes {
  return { kymasubject: standard, kymaexactsubject: exact };
}

interface AliasAttributes extends Readonly<Record<string, string | undefined>> {
  readonly kymasubject: string | undefined;
  readonly kymaexactsubject: string | undefined;
}

function hasKymaPrefix(type: string): boolean {
  return type === kymaTypePrefix || type.startsWith(`${kymaTypePrefix}.`);
}
