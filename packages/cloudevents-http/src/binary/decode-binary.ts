import type { CloudEvent } from '../cloud-event.ts';
import { attributeOfHeader, type HeaderAttribute } from '../headers/attribute-of-header.ts';
import { decodeHeaderValue } from '../headers/header-value.ts';
import { isPrintableAscii } from '../headers/is-printable-ascii.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { textProblem } from '../validation/text-problem.ts';
import { validateAttributes } from '../validation/validate-attributes.ts';
import { dataOfBody } from './data-of-body.ts';

/** Reads an event from headers; its data is the body, never looked at. */
export function decodeBinary(rawHeaders: readonly string[], body: Buffer): CloudEvent | Refusal {
  const attributes = new Map<string, string>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const attribute = attributeOfHeader(rawHeaders[index] ?? '');
    if (attribute === undefined) continue;
    const refusal = addAttribute(attributes, attribute, rawHeaders[index + 1] ?? '');
    if (refusal !== undefined) return refusal;
  }
  if (!attributes.has('specversion')) return refuse('specversion', noEvent);
  const refusal = validateAttributes(attributes);
  if (refusal !== undefined) return refusal;
  return { attributes, data: dataOfBody(body, attributes.get('datacontenttype')) };
}

const noEvent =
  'is missing: there is neither a ce-specversion header nor the content-type application/cloudevents+json';

function addAttribute(
  attributes: Map<string, string>,
  { name, problem }: HeaderAttribute,
  bytes: string,
): Refusal | undefined {
  if (problem !== undefined) return refuse(name, problem);
  const earlier = attributes.get(name);
  // Some senders repeat the content-type as `ce-datacontenttype`.
  if (earlier !== undefined && !(name === 'datacontenttype' && earlier === bytes)) {
    return refuse(name, 'must not be given twice');
  }
  if (isPrintableAscii(bytes)) {
    attributes.set(name, bytes);
    return undefined;
  }
  return addUnicode(attributes, name, bytes);
}

function addUnicode(
  attributes: Map<string, string>,
  name: string,
  bytes: string,
): Refusal | undefined {
  const value = decodeHeaderValue(bytes);
  if (value === undefined) return refuse(name, 'must be UTF-8');
  const rule = textProblem(value);
  if (rule !== undefined) return refuse(name, rule);
  attributes.set(name, value);
  return undefined;
}
