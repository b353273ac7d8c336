import type { FieldProblem } from '../errors/api-error.ts';
import { invalidValue, requiredValue, unsupportedValue } from '../errors/field-problems.ts';
import { jsonEqual } from '../json/json-equal.ts';
import type { JsonValue } from '../json/json-value.ts';
import { dns1035Text, isDns1035Label } from '../object/label-syntax.ts';
import { compileJsonPath } from '../table/json-path.ts';
import type { CustomDefinition, DefinitionVersion } from './custom-definition.ts';
import { validateStructure } from './validate-structure.ts';

const domain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/;

/** What is wrong with a definition, beyond the types of its fields. */
export function validateDefinition(
  next: CustomDefinition,
  previous: CustomDefinition | undefined,
): FieldProblem[] {
  return [
    ...identityProblems(next),
    ...versionProblems(next),
    ...next.spec.versions.flatMap((version, at) => contentProblems(next, version, at)),
    ...(previous === undefined ? [] : changeProblems(next, previous)),
  ];
}

function identityProblems({ metadata, spec }: CustomDefinition): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (metadata.name !== `${spec.names.plural}.${spec.group}`) {
    problems.push(
      invalidValue('metadata.name', metadata.name, 'must be spec.names.plural+"."+spec.group'),
    );
  }
  if (!domain.test(spec.group)) {
    problems.push(
      invalidValue('spec.group', spec.group, 'should be a domain with at least one dot'),
    );
  }
  if (/(^|\.)(k8s|kubernetes)\.io$/.test(spec.group) && !isApproved(metadata.annotations)) {
    const field = 'metadata.annotations[api-approved.kubernetes.io]';
    const text =
      'protected groups must have approval annotation "api-approved.kubernetes.io", see https://github.com/kubernetes/enhancements/pull/1111';
    problems.push(requiredValue(field, text));
  }
  if (spec.scope !== 'Namespaced' && spec.scope !== 'Cluster') {
    problems.push(unsupportedValue('spec.scope', spec.scope, ['Cluster', 'Namespaced']));
  }
  const { strategy } = spec.conversion ?? {};
  if (strategy !== undefined && strategy !== 'None') {
    problems.push(unsupportedValue('spec.conversion.strategy', strategy, ['None']));
  }
  for (const [field, name] of [
    ['spec.names.plural', spec.names.plural],
    ['spec.names.singular', spec.names.singular ?? 'x'],
  ] as const) {
    if (!isDns1035Label(name)) problems.push(invalidValue(field, name, dns1035Text));
  }
  return problems;
}

function isApproved(annotations: Record<string, string> = {}): boolean {
  return (annotations['api-approved.kubernetes.io'] ?? '') !== '';
}

function versionProblems({ spec, status }: CustomDefinition): FieldProblem[] {
  const { versions } = spec;
  const names = versions.map(({ name }) => name);
  const problems: FieldProblem[] = [];
  if (new Set(names).size !== names.length) {
    problems.push(invalidValue('spec.versions', names, 'must contain unique version names'));
  }
  if (versions.filter(({ storage }) => storage).length !== 1) {
    const text = 'must have exactly one version marked as storage version';
    problems.push(invalidValue('spec.versions', names, text));
  }
  for (const [at, name] of names.entries()) {
    if (isDns1035Label(name)) continue;
    problems.push(invalidValue(`spec.versions[${at}].name`, name, dns1035Text));
  }
  for (const [at, name] of (status?.storedVersions ?? []).entries()) {
    if (names.includes(name)) continue;
    const text = `missing from spec.versions; ${name} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${name} and removes ${name} from status.storedVersions`;
    problems.push(invalidValue(`status.storedVersions[${at}]`, name, text));
  }
  return problems;
}

function contentProblems(
  { spec }: CustomDefinition,
  version: DefinitionVersion,
  at: number,
): FieldProblem[] {
  const path = `spec.versions[${at}]`;
  const schema = version.schema?.openAPIV3Schema;
  if (schema === undefined) {
    return [requiredValue(`${path}.schema.openAPIV3Schema`)];
  }
  const isOnly = spec.versions.length === 1;
  const schemaPath = isOnly ? 'spec.validation' : `${path}.schema`;
  return [
    ...validateStructure(schema, `${schemaPath}.openAPIV3Schema`),
    ...columnProblems(version, isOnly ? 'spec' : path),
    ...selectableProblems(version, isOnly ? 'spec' : path),
  ];
}

const columnTypes = ['integer', 'number', 'string', 'boolean', 'date'];

function columnProblems(
  { additionalPrinterColumns = [] }: DefinitionVersion,
  path: string,
): FieldProblem[] {
  return additionalPrinterColumns.flatMap(({ type, jsonPath }, at) => {
    const field = `${path}.additionalPrinterColumns[${at}]`;
    if (!columnTypes.includes(type)) {
      return [invalidValue(`${field}.type`, type, `must be one of ${columnTypes.join(',')}`)];
    }
    return compileJsonPath(jsonPath) === undefined
      ? [invalidValue(`${field}.jsonPath`, jsonPath, 'is not a JSONPath that this server reads')]
      : [];
  });
}

function selectableProblems(
  { selectableFields = [] }: DefinitionVersion,
  path: string,
): FieldProblem[] {
  return selectableFields.flatMap(({ jsonPath }, at) =>
    /^(\.[A-Za-z0-9_-]+)+$/.test(jsonPath)
      ? []
      : [invalidValue(`${path}.selectableFields[${at}].jsonPath`, jsonPath, 'is an invalid path')],
  );
}

function changeProblems(next: CustomDefinition, previous: CustomDefinition): FieldProblem[] {
  const established = previous.status?.conditions?.some(
    ({ type, status }) => type === 'Established' && status === 'True',
  );
  const fixed: [string, JsonValue, JsonValue][] = [
    ['spec.group', next.spec.group, previous.spec.group],
    ['spec.names.plural', next.spec.names.plural, previous.spec.names.plural],
    ...(established === true
      ? ([
          ['spec.scope', next.spec.scope, previous.spec.scope],
          ['spec.names.kind', next.spec.names.kind, previous.spec.names.kind],
        ] as [string, JsonValue, JsonValue][])
      : []),
  ];
  return fixed
    .filter(([, now, before]) => !jsonEqual(now, before))
    .map(([field, now]) => invalidValue(field, now, 'field is immutable'));
}
