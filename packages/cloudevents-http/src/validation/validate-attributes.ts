import { isEventFormat } from '../media-type/is-event-format.ts';
import { isMediaType } from '../media-type/is-media-type.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { isRfc3339Time } from './is-rfc3339-time.ts';
import { isAbsoluteUri, isUriReference } from './is-uri.ts';

type Attributes = ReadonlyMap<string, string>;
type Rule = readonly [isKept: (value: string) => boolean, rule: string];

const notBlank: Rule = [(value) => /\S/.test(value), 'must not be blank'];
const uriReference: Rule = [isUriReference, 'must be a URI-reference (RFC 3986)'];
const mediaTypes: readonly Rule[] = [
  [isMediaType, 'must be a media type (RFC 2046), such as application/json'],
  [
    (value) => !isEventFormat(value),
    'must not be an event format: in binary mode it would say that the body is the event',
  ],
];

type RulesOfAttribute = readonly [attribute: string, rules: readonly Rule[]];

const rulesOfBoth: readonly RulesOfAttribute[] = [
  ['id', [notBlank]],
  ['source', [notBlank, uriReference]],
  ['type', [notBlank]],
  ['subject', [notBlank]],
  ['time', [[isRfc3339Time, 'must be a time of RFC 3339, such as 2020-02-29T08:00:00Z']]],
  ['datacontenttype', mediaTypes],
];

const rulesOfVersion: Readonly<Record<'1.0' | '0.3', readonly RulesOfAttribute[]>> = {
  '1.0': [...rulesOfBoth, ['dataschema', [[isAbsoluteUri, 'must be an absolute URI (RFC 3986)']]]],
  '0.3': [
    ...rulesOfBoth,
    ['schemaurl', [notBlank, uriReference]],
    ['datacontentencoding', [notBlank]],
  ],
};

/** Checks what the attributes' own version says of them; names and characters are checked where they are read. */
export function validateAttributes(attributes: Attributes): Refusal | undefined {
  const version = attributes.get('specversion');
  if (version !== '1.0' && version !== '0.3') return refuseVersion(version);
  for (const [name, rules] of rulesOfVersion[version]) {
    const value = attributes.get(name);
    if (value === undefined) {
      if (isRequired(name)) return refuse(name, 'is missing');
    } else {
      for (const [isKept, rule] of rules) if (!isKept(value)) return refuse(name, rule);
    }
  }
  return undefined;
}

function isRequired(name: string): boolean {
  return name === 'id' || name === 'source' || name === 'type';
}

function refuseVersion(version: string | undefined): Refusal {
  return version === undefined
    ? refuse('specversion', 'is missing')
    : refuse('specversion', 'must be 1.0 or 0.3');
}
