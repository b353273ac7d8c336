import { badRequest } from '../errors/api-errors.ts';
import type { JsonValue } from '../json/json-value.ts';
import type { KubeObject } from '../object/kube-object.ts';
import type { ServedResource } from '../registry/resource.ts';
import { compileJsonPath } from '../table/json-path.ts';
import { parseFieldSelector, type FieldTerm } from './field-selector.ts';
import { parseLabelSelector } from './label-selector.ts';

export type ObjectPredicate = (object: KubeObject) => boolean;

interface SelectorTexts {
  readonly namespace: string | undefined;
  readonly labelSelector: string;
  readonly fieldSelector: string;
}

/** Whether a list, watch or deletion of many is about an object. */
export function objectSelector(served: ServedResource, texts: SelectorTexts): ObjectPredicate {
  const labels = parseLabelSelector(texts.labelSelector);
  if (labels.kind === 'invalid') throw badRequest(labels.message);
  const fields = parseFieldSelector(texts.fieldSelector);
  if (fields.kind === 'invalid') throw badRequest(fields.message);
  const terms = fields.terms.map((term) => termPredicate(served, term));
  const { namespace } = texts;
  return (object) =>
    (namespace === undefined || object.metadata.namespace === namespace) &&
    labels.matches(object.metadata.labels ?? {}) &&
    terms.every((matches) => matches(object));
}

function termPredicate(served: ServedResource, term: FieldTerm): ObjectPredicate {
  const valueOf = fieldReader(served, term.field);
  if (valueOf === undefined) throw badRequest(`field label not supported: ${term.field}`);
  return (object) => (valueOf(object) === term.value) === term.isEqual;
}

function fieldReader(
  { resource, version }: ServedResource,
  field: string,
): ((object: KubeObject) => string) | undefined {
  if (field === 'metadata.name') return (object) => object.metadata.name;
  if (field === 'metadata.namespace') return (object) => object.metadata.namespace ?? '';
  const { fieldValues } = resource.strategy;
  if (fieldValues !== undefined) {
    const known = fieldValues({ apiVersion: '', kind: '', metadata: { name: '' } });
    if (known[field] !== undefined) return (object) => fieldValues(object)[field] ?? '';
  }
  const path = version.selectableFields.find((each) => each.replace(/^\./, '') === field);
  const read = path === undefined ? undefined : compileJsonPath(path);
  return read === undefined ? undefined : (object) => textOf(read(object)[0]);
}

function textOf(value: JsonValue | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}
