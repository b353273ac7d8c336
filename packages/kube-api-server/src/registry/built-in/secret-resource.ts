import { textOr } from '../../json/json-value.ts';
import { bytesMap, flag, record, text, textMap } from '../../schema/schema-terms.ts';
import { builtInResource } from './built-in-resource.ts';
import { column, countOf } from './columns.ts';
import { secretStrategy } from './secret-strategy.ts';

export const secretResource = builtInResource({
  kind: 'Secret',
  plural: 'secrets',
  schema: record({ data: bytesMap, stringData: textMap, immutable: flag, type: text }),
  columns: [
    column('Type', (object) => textOr(object.type, '')),
    column('Data', countOf('data'), { type: 'string' }),
  ],
  selectableFields: ['.type'],
  strategy: secretStrategy,
});
