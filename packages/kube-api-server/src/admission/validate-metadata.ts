import type { FieldProblem } from '../errors/api-error.ts';
import { invalidValue } from '../errors/field-problems.ts';
import type { KubeObject, OwnerReference } from '../object/kube-object.ts';
import {
  dns1035Text,
  isDns1035Label,
  isSubdomain,
  subdomainText,
  validateLabelKey,
  validateLabelValue,
} from '../object/label-syntax.ts';
import type { ResourceStrategy } from '../registry/resource.ts';

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const labelText =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const maxAnnotationsBytes = 256 * 1024;

/** Names, labels, annotations, finalizers and owners. */
export function validateMetadata(
  { metadata }: KubeObject,
  nameRule: ResourceStrategy['nameRule'],
): FieldProblem[] {
  return [
    ...nameProblems(metadata.name, nameRule),
    ...Object.entries(metadata.labels ?? {}).flatMap(labelProblems),
    ...annotationProblems(metadata.annotations ?? {}),
    ...ownerProblems(metadata.ownerReferences ?? []),
    ...(metadata.finalizers ?? []).flatMap((name, at) =>
      keyProblems(`metadata.finalizers[${at}]`, name),
    ),
  ];
}

function nameProblems(name: string, rule: ResourceStrategy['nameRule']): FieldProblem[] {
  const field = 'metadata.name';
  switch (rule) {
    case 'label':
      if (name.length > 63) return [invalidValue(field, name, 'must be no more than 63 bytes')];
      if (name.includes('.')) return [invalidValue(field, name, 'must not contain dots')];
      return label.test(name) ? [] : [invalidValue(field, name, labelText)];
    case 'dns-1035':
      if (name.length > 63) return [invalidValue(field, name, 'must be no more than 63 bytes')];
      return isDns1035Label(name) ? [] : [invalidValue(field, name, dns1035Text)];
    case 'subdomain':
      if (name.length > 253) return [invalidValue(field, name, 'must be no more than 253 bytes')];
      return isSubdomain(name) ? [] : [invalidValue(field, name, subdomainText)];
  }
}

function labelProblems([key, value]: [string, string]): FieldProblem[] {
  const field = 'metadata.labels';
  return [
    ...keyProblems(field, key),
    ...validateLabelValue(value).map((text) => invalidValue(field, value, text)),
  ];
}

function keyProblems(field: string, key: string): FieldProblem[] {
  return validateLabelKey(key).map((text) => invalidValue(field, key, text));
}

function annotationProblems(annotations: Record<string, string>): FieldProblem[] {
  const field = 'metadata.annotations';
  const problems = Object.keys(annotations).flatMap((key) => keyProblems(field, key.toLowerCase()));
  let sizeBytes = 0;
  for (const [key, value] of Object.entries(annotations)) {
    sizeBytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  }
  if (sizeBytes <= maxAnnotationsBytes) return problems;
  const message = `Too long: may not be more than ${maxAnnotationsBytes} bytes`;
  return [...problems, { field, message, reason: 'FieldValueTooLong' }];
}

function ownerProblems(owners: readonly OwnerReference[]): FieldProblem[] {
  const controllers = owners.filter(({ controller }) => controller === true);
  if (controllers.length <= 1) return [];
  const names = controllers.map(({ kind, name }) => `${kind}/${name}`).join(' and ');
  const text = `Only one reference can have Controller set to true. Found "true" in references for ${names}`;
  return [invalidValue('metadata.ownerReferences', null, text)];
}
