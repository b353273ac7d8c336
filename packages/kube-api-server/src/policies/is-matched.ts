import {
  isJsonObject,
  listOr,
  objectOr,
  textOr,
  type JsonObject,
  type JsonValue,
} from '../json/json-value.ts';
import type { PolicyRequest } from './policy-request.ts';

/** Whether `matchConstraints` of a policy, or `matchResources` of a binding, covers a write; absent: it does. */
export function isMatched(match: JsonValue | undefined, request: PolicyRequest): boolean {
  const { resourceRules, excludeResourceRules, objectSelector, namespaceSelector } =
    objectOr(match);
  const isNamed = (rules: JsonValue | undefined) =>
    listOr(rules).some((rule) => isNamedBy(rule, request));
  if (resourceRules !== undefined && !isNamed(resourceRules)) return false;
  if (isNamed(excludeResourceRules)) return false;
  const { object, namespaceObject } = request;
  return (
    isSelected(objectSelector, object.metadata.labels) &&
    (namespaceObject === undefined ||
      isSelected(namespaceSelector, namespaceObject.metadata.labels))
  );
}

function isNamedBy(rule: JsonValue, request: PolicyRequest): boolean {
  const { apiGroups, apiVersions, operations, resources, resourceNames } = objectOr(rule);
  const { operation, served, subresource, object } = request;
  const { resource, version } = served;
  const path = subresource === undefined ? resource.plural : `${resource.plural}/${subresource}`;
  const wildcards = subresource === undefined ? [] : [`${resource.plural}/*`, '*/*'];
  return (
    includes(apiGroups, resource.group) &&
    includes(apiVersions, version.name) &&
    includes(operations, operation) &&
    (subresource === undefined
      ? includes(resources, path)
      : [path, ...wildcards].some((one) => listOr(resources).includes(one))) &&
    (listOr(resourceNames).length === 0 || includes(resourceNames, object.metadata.name))
  );
}

function includes(values: JsonValue | undefined, value: string): boolean {
  return listOr(values).includes('*') || listOr(values).includes(value);
}

function isSelected(
  selector: JsonValue | undefined,
  labels: Readonly<Record<string, string>> = {},
): boolean {
  const { matchLabels, matchExpressions } = objectOr(selector);
  return (
    Object.entries(objectOr(matchLabels)).every(([key, value]) => labels[key] === value) &&
    listOr(matchExpressions).every((term) => isJsonObject(term) && isTermMet(term, labels))
  );
}

function isTermMet(
  { key, operator, values }: JsonObject,
  labels: Readonly<Record<string, string>>,
): boolean {
  const value = labels[textOr(key, '')];
  switch (operator) {
    case 'In':
      return value !== undefined && listOr(values).includes(value);
    case 'NotIn':
      return value === undefined || !listOr(values).includes(value);
    case 'Exists':
      return value !== undefined;
    default:
      return value === undefined;
  }
}
