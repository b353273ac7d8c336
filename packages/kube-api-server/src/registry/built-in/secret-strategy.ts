import { objectOr, withoutFields, type JsonObject } from '../../json/json-value.ts';
import { invalidValue } from '../../errors/field-problems.ts';
import type { KubeObject } from '../../object/kube-object.ts';
import { validateDataKeys } from './validate-data-keys.ts';
import type { ResourceStrategy } from '../resource.ts';

/** `stringData` is written into `data`; a Secret without a type is Opaque. */
export const secretStrategy: Partial<ResourceStrategy> = {
  setDefaults: encodeText,
  validate(next, previous) {
    const problems = validateDataKeys(next.data, 'data');
    if (previous === undefined || next.type === previous.type) return problems;
    return [...problems, invalidValue('type', next.type ?? null, 'field is immutable')];
  },
};

function encodeText(secret: KubeObject): KubeObject {
  const encoded: JsonObject = {};
  for (const [name, value] of Object.entries(objectOr(secret.stringData))) {
    encoded[name] = Buffer.from(typeof value === 'string' ? value : '').toString('base64');
  }
  const data = { ...objectOr(secret.data), ...encoded };
  const rest = withoutFields(secret, 'stringData', 'data') as KubeObject;
  return {
    ...rest,
    ...(Object.keys(data).length === 0 ? {} : { data }),
    type: secret.type ?? 'Opaque',
  };
}
