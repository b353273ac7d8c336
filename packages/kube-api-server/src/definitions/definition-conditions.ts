import type {
  CustomDefinition,
  DefinitionCondition,
  DefinitionNames,
} from './custom-definition.ts';

/** Status of a definition's names: accepted unless another definition of its group has one of them. */
export function withNameConditions(
  definition: CustomDefinition,
  peers: readonly CustomDefinition[],
  now: string,
): CustomDefinition {
  const { names } = definition.spec;
  const conflict = nameConflict(definition, peers);
  const wasEstablished = conditionOf(definition, 'Established')?.status === 'True';
  const accepted = {
    type: 'NamesAccepted',
    ...(conflict === undefined
      ? { status: 'True', reason: 'NoConflicts', message: 'no conflicts found' }
      : { status: 'False', ...conflict }),
  };
  const established = {
    type: 'Established',
    ...(conflict === undefined || wasEstablished
      ? {
          status: 'True',
          reason: 'InitialNamesAccepted',
          message: 'the initial names have been accepted',
        }
      : { status: 'False', reason: 'NotAccepted', message: 'not all names are accepted' }),
  };
  const others = (definition.status?.conditions ?? []).filter(
    ({ type }) => type !== 'NamesAccepted' && type !== 'Established',
  );
  const conditions = [accepted, established].map((condition) => timed(definition, condition, now));
  const acceptedNames = conflict === undefined ? names : definition.status?.acceptedNames;
  return {
    ...definition,
    status: {
      ...definition.status,
      ...(acceptedNames === undefined ? {} : { acceptedNames }),
      conditions: [...conditions, ...others],
    },
  };
}

/** A condition that says the same as before keeps its time. */
function timed(
  definition: CustomDefinition,
  condition: DefinitionCondition,
  now: string,
): DefinitionCondition {
  const before = conditionOf(definition, condition.type);
  const isSame = before?.status === condition.status;
  return { ...condition, lastTransitionTime: isSame ? (before.lastTransitionTime ?? now) : now };
}

function conditionOf({ status }: CustomDefinition, type: string): DefinitionCondition | undefined {
  return status?.conditions?.find((condition) => condition.type === type);
}

function nameConflict(
  definition: CustomDefinition,
  peers: readonly CustomDefinition[],
): { reason: string; message: string } | undefined {
  const taken = peers
    .filter(({ spec }) => spec.group === definition.spec.group)
    .filter(({ metadata }) => metadata.name !== definition.metadata.name)
    .flatMap(({ status }) => status?.acceptedNames ?? []);
  const resources = new Set(taken.flatMap(resourceNames));
  const kinds = new Set(taken.flatMap(({ kind, listKind }) => [kind, listKind]));
  const { names } = definition.spec;
  const checks: [string, string | undefined, ReadonlySet<string | undefined>][] = [
    ['PluralConflict', names.plural, resources],
    ['SingularConflict', names.singular, resources],
    ...(names.shortNames ?? []).map((name): [string, string, ReadonlySet<string | undefined>] => [
      'ShortNamesConflict',
      name,
      resources,
    ]),
    ['KindConflict', names.kind, kinds],
    ['ListKindConflict', names.listKind, kinds],
  ];
  const found = checks.find(([, name, others]) => others.has(name));
  if (found === undefined) return undefined;
  const [reason, name] = found;
  return { reason, message: `${JSON.stringify(name)} is already in use` };
}

function resourceNames({ plural, singular, shortNames }: DefinitionNames): (string | undefined)[] {
  return [plural, singular, ...(shortNames ?? [])];
}
