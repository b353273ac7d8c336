import { describe, expect, it } from '@jest/globals';
import { customResourceDefinitions } from '@jetmesh/eventing-api';
import type { CustomDefinition, DefinitionNames } from './custom-definition.ts';
import { customResource } from './custom-resource.ts';
import { withNameConditions } from './definition-conditions.ts';
import { validateDefinition } from './validate-definition.ts';

function definition(spec: object = {}, version: object = {}): CustomDefinition {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'things', singular: 'thing', kind: 'Thing', listKind: 'ThingList' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object' } },
          ...version,
        },
      ],
      ...spec,
    },
  };
}

function withSchema(schema: object): CustomDefinition {
  return definition({}, { schema: { openAPIV3Schema: { type: 'object', ...schema } } });
}

function fieldsOf(next: CustomDefinition, previous?: CustomDefinition): string[] {
  return validateDefinition(next, previous).map(({ field }) => field);
}

const schemaPath = 'spec.validation.openAPIV3Schema';

describe('validateDefinition', () => {
  it.each(customResourceDefinitions.map((each) => [each.metadata.name, each] as const))(
    'has nothing against %s',
    (_name, each) => {
      expect(validateDefinition(each as unknown as CustomDefinition, undefined)).toEqual([]);
    },
  );

  it.each<[string, CustomDefinition, string]>([
    ['another name', { ...definition(), metadata: { name: 'x.example.com' } }, 'metadata.name'],
    ['a scope that is none', definition({ scope: 'Galaxy' }), 'spec.scope'],
    [
      'conversion by webhook',
      definition({ conversion: { strategy: 'Webhook' } }),
      'spec.conversion.strategy',
    ],
    ['no storage version', definition({}, { storage: false }), 'spec.versions'],
    ['no schema', definition({}, { schema: {} }), 'spec.versions[0].schema.openAPIV3Schema'],
    ['a version name', definition({}, { name: 'V1' }), 'spec.versions[0].name'],
    [
      'a field without type',
      withSchema({ properties: { a: {} } }),
      `${schemaPath}.properties[a].type`,
    ],
    [
      'items without type',
      withSchema({ properties: { a: { type: 'array', items: {} } } }),
      `${schemaPath}.properties[a].items.type`,
    ],
    [
      'a list without items',
      withSchema({ properties: { a: { type: 'array' } } }),
      `${schemaPath}.properties[a].items`,
    ],
    ['a root that is no object', withSchema({ type: 'string' }), `${schemaPath}.type`],
    [
      'a bad pattern',
      withSchema({ properties: { a: { type: 'string', pattern: '(' } } }),
      `${schemaPath}.properties[a].pattern`,
    ],
    [
      'a rule that does not compile',
      withSchema({ 'x-kubernetes-validations': [{ rule: 'self.(' }] }),
      `${schemaPath}.x-kubernetes-validations[0].rule`,
    ],
    [
      'list keys that may be absent',
      withSchema({
        properties: {
          a: {
            type: 'array',
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['k'],
            items: { type: 'object', properties: { k: { type: 'string' } } },
          },
        },
      }),
      `${schemaPath}.properties[a].items.properties[k].default`,
    ],
    [
      'a column of a type that is none',
      definition({}, { additionalPrinterColumns: [{ name: 'A', type: 'text', jsonPath: '.a' }] }),
      'spec.additionalPrinterColumns[0].type',
    ],
    [
      'a selectable field with an index',
      definition({}, { selectableFields: [{ jsonPath: '.a[0]' }] }),
      'spec.selectableFields[0].jsonPath',
    ],
  ])('refuses %s', (_what, next, field) => {
    expect(fieldsOf(next)).toContain(field);
  });

  it('refuses a group of Kubernetes without approval', () => {
    const own = { ...definition({ group: 'x.k8s.io' }), metadata: { name: 'things.x.k8s.io' } };
    const field = 'metadata.annotations[api-approved.kubernetes.io]';
    expect(fieldsOf(own)).toEqual([field]);
    const annotations = { 'api-approved.kubernetes.io': 'unapproved' };
    expect(fieldsOf({ ...own, metadata: { ...own.metadata, annotations } })).toEqual([]);
  });

  it('holds the kind and scope of an established definition', () => {
    const established = withNameConditions(definition(), [], 'now');
    const next = definition({
      scope: 'Cluster',
      names: { ...established.spec.names, kind: 'Other' },
    });
    expect(fieldsOf(next, established)).toEqual(['spec.scope', 'spec.names.kind']);
  });

  it('holds a version that was stored', () => {
    const next = { ...definition(), status: { storedVersions: ['v1alpha1', 'v1'] } };
    expect(fieldsOf(next)).toEqual(['status.storedVersions[0]']);
  });
});

describe('withNameConditions', () => {
  function conditions(names: Partial<DefinitionNames>): [string, string, string?][] {
    const peer = withNameConditions(definition(), [], 'before');
    const other = {
      ...definition({
        names: {
          plural: 'others',
          singular: 'other',
          kind: 'Other',
          listKind: 'OtherList',
          ...names,
        },
      }),
      metadata: { name: 'others.example.com' },
    };
    const { status } = withNameConditions(other, [peer], 'now');
    return (status?.conditions ?? []).map((each) => [each.type, each.status, each.reason ?? '']);
  }

  it('establishes what shares no name', () => {
    expect(conditions({})).toEqual([
      ['NamesAccepted', 'True', 'NoConflicts'],
      ['Established', 'True', 'InitialNamesAccepted'],
    ]);
  });

  it.each<[Partial<DefinitionNames>, string]>([
    [{ singular: 'thing' }, 'SingularConflict'],
    [{ shortNames: ['things'] }, 'ShortNamesConflict'],
    [{ kind: 'Thing' }, 'KindConflict'],
    [{ listKind: 'ThingList' }, 'ListKindConflict'],
  ])('does not establish %p', (names, reason) => {
    expect(conditions(names)).toEqual([
      ['NamesAccepted', 'False', reason],
      ['Established', 'False', 'NotAccepted'],
    ]);
  });

  it('keeps the time of a condition that stays', () => {
    const first = withNameConditions(definition(), [], 'first');
    const again = withNameConditions(first, [], 'again');
    expect(again.status?.conditions?.map(({ lastTransitionTime }) => lastTransitionTime)).toEqual([
      'first',
      'first',
    ]);
  });
});

describe('customResource', () => {
  it('fills in what a definition leaves out', () => {
    expect(
      customResource(definition({ names: { plural: 'things', kind: 'Thing' } })),
    ).toMatchObject({
      singular: 'thing',
      listKind: 'ThingList',
      isNamespaced: true,
      storageId: 'example.com/things',
      storageApiVersion: 'example.com/v1',
      versions: [{ name: 'v1', hasStatus: false, columns: [{ name: 'Name' }, { name: 'Age' }] }],
    });
  });

  it.each([
    [{ deprecated: true }, 'example.com/v1 Thing is deprecated'],
    [{ deprecated: true, deprecationWarning: 'gone soon' }, 'gone soon'],
    [{}, undefined],
  ])('warns of a version that is deprecated: %p', (version, warning) => {
    expect(customResource(definition({}, version)).versions[0]?.deprecationWarning).toBe(warning);
  });

  it('advises the newest version that is not deprecated', () => {
    const [version] = definition().spec.versions;
    const versions = [
      { ...version, name: 'v1alpha1', storage: false, deprecated: true },
      { ...version, name: 'v1beta1', storage: false },
      { ...version, name: 'v1' },
    ];
    const [old] = customResource(definition({ versions })).versions;
    expect(old?.deprecationWarning).toBe(
      'example.com/v1alpha1 Thing is deprecated; use example.com/v1 Thing',
    );
  });
});
