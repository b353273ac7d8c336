import { objectOr, withoutFields, type JsonObject } from '../../json/json-value.ts';
import type { KubeObject } from '../../object/kube-object.ts';
import type { ResourceStrategy } from '../resource.ts';

/** `stringData` is written into `data`; a Secret without a type is Opaque. */
export const secretStrategy: Partial<ResourceStrategy> = {
  prepareCreate: encodeText,
  prepareUpdate: encodeText,
  validate(next, previous) {
    if (previous === undefined || next.type === previous.type) return [];
    const message = `Invalid value: ${JSON.stringify(next.type)}: field is immutable`;
    return [{ field: 'type', message, reason: 'FieldValueInvalid' }];
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
