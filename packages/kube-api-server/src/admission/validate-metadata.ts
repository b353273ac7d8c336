import type { FieldProblem } from '../errors/api-error.ts';
import { invalidValue } from '../errors/field-problems.ts';
import type { KubeObject, OwnerReference } from '../object/kube-object.ts';
import type { ResourceStrategy } from '../registry/resource.ts';

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const qualifiedPart = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

const subdomainText =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const labelText =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const qualifiedText =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const labelValueText =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const maxAnnotationsBytes = 256 * 1024;

/** Names, labels, annotations and finalizers. */
export function validateMetadata(
  { metadata }: KubeObject,
  nameRule: ResourceStrategy['nameRule'],
): FieldProblem[] {
  return [
    ...nameProblems(metadata.name, nameRule),
    ...Object.entries(metadata.labels ?? {}).flatMap(labelProblems),
    ...Object.keys(metadata.annotations ?? {}).flatMap((key) =>
      keyProblems('metadata.annotations', key.toLowerCase()),
    ),
    ...annotationSizeProblems(metadata.annotations ?? {}),
    ...ownerProblems(metadata.ownerReferences ?? []),
    ...(metadata.finalizers ?? []).flatMap((name, at) =>
      keyProblems(`metadata.finalizers[${at}]`, name),
    ),
  ];
}

function nameProblems(name: string, rule: ResourceStrategy['nameRule']): FieldProblem[] {
  switch (rule) {
    case 'label':
      if (name.length > 63)
        return [invalidValue('metadata.name', name, 'must be no more than 63 bytes')];
      return label.test(name) ? [] : [invalidValue('metadata.name', name, labelText)];
    case 'subdomain':
      if (name.length > 253) {
        return [invalidValue('metadata.name', name, 'must be no more than 253 bytes')];
      }
      return subdomain.test(name) ? [] : [invalidValue('metadata.name', name, subdomainText)];
    case 'path-segment':
      return /^(\.{1,2}|.*[/%].*)$/.test(name)
        ? [invalidValue('metadata.name', name, `may not be '.' or '..' or contain '/' or '%'`)]
        : [];
  }
}

function labelProblems([key, value]: [string, string]): FieldProblem[] {
  const field = 'metadata.labels';
  const problems = keyProblems(field, key);
  if (value.length > 63) problems.push(invalidValue(field, value, 'must be no more than 63 bytes'));
  if (!labelValue.test(value)) problems.push(invalidValue(field, value, labelValueText));
  return problems;
}

function keyProblems(field: string, key: string): FieldProblem[] {
  const slash = key.lastIndexOf('/');
  const prefix = slash === -1 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  const problems: FieldProblem[] = [];
  if (prefix !== undefined && !subdomain.test(prefix)) {
    problems.push(invalidValue(field, key, `prefix part ${subdomainText}`));
  }
  if (name.length > 63) {
    problems.push(invalidValue(field, key, 'name part must be no more than 63 bytes'));
  }
  if (!qualifiedPart.test(name)) problems.push(invalidValue(field, key, qualifiedText));
  return problems;
}

function annotationSizeProblems(annotations: Record<string, string>): FieldProblem[] {
  let sizeBytes = 0;
  for (const [key, value] of Object.entries(annotations)) {
    sizeBytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  }
  if (sizeBytes <= maxAnnotationsBytes) return [];
  const message = `Too long: may not be more than ${maxAnnotationsBytes} bytes`;
  return [{ field: 'metadata.annotations', message, reason: 'FieldValueTooLong' }];
}

function ownerProblems(owners: readonly OwnerReference[]): FieldProblem[] {
  const controllers = owners.filter(({ controller }) => controller === true);
  if (controllers.length <= 1) return [];
  const text = `Only one reference can have Controller set to true. Found "true" in references for ${controllers.map(({ kind, name }) => `${kind}/${name}`).join(' and ')}`;
  return [invalidValue('metadata.ownerReferences', null, text)];
}
