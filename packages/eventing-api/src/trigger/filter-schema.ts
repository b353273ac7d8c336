import { listOf, objectOf, text, textMap, type JsonSchema } from '../crd/json-schema.ts';

const attributeName = '^[a-z][a-z0-9]*$';
const nameRule =
  'Attribute name must start with a letter and can only contain lowercase alphanumeric';

/** CEL over a map's keys; a bounded map keeps its estimated cost within the API server's limit. */
function attributeMap(description: string): JsonSchema {
  return textMap({
    description,
    maxProperties: 50,
    'x-kubernetes-validations': [
      {
        rule: `self.all(name, name.matches('${attributeName}'))`,
        message: `invalid key name: ${nameRule}`,
        messageExpression: `'invalid key name "' + self.filter(name, !name.matches('${attributeName}'))[0] + '": ${nameRule}'`,
      },
    ],
  });
}

/** `all`, `any` and `not` nest without end, which a structural schema cannot say: the controller checks their inside. */
const nested: JsonSchema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

export const filtersSchema: JsonSchema = listOf(
  objectOf(
    {
      all: listOf(nested, { maxItems: 50, description: 'Every one matches.' }),
      any: listOf(nested, { maxItems: 50, description: 'At least one matches.' }),
      not: { ...nested, description: 'It does not match.' },
      exact: attributeMap('Attributes equal these values.'),
      prefix: attributeMap('Attributes start with these values.'),
      suffix: attributeMap('Attributes end with these values.'),
      cesql: text('A CloudEvents SQL expression that is true.', { maxLength: 4096 }),
    },
    {
      'x-kubernetes-validations': [
        {
          rule: '[has(self.all), has(self.any), has(self.not), has(self.exact), has(self.prefix), has(self.suffix), has(self.cesql)].filter(set, set).size() <= 1',
          message: 'multiple dialects found, filters can have only one dialect set',
        },
      ],
    },
  ),
  { maxItems: 50, description: 'All must match; replaces filter when not empty.' },
);

export const filterSchema: JsonSchema = objectOf(
  { attributes: attributeMap('Attributes equal these values; an empty value means present.') },
  { description: 'Exact match of attributes.' },
);
