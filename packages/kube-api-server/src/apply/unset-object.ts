import type { JsonObject } from '../json/json-value.ts';
import type { ServedResource } from '../registry/resource.ts';

/**
 * What an object is compared with when it is created: nothing, for custom kinds; for built-in ones the zero value of
 * their type, in which every structure is there, and empty.
 */
export function unsetObject({ resource, version }: ServedResource): JsonObject {
  if (resource.isCustom) return {};
  const structures = Object.entries(version.schema.properties ?? {}).filter(
    ([, { properties }]) => properties !== undefined,
  );
  return Object.fromEntries(structures.map(([field]) => [field, {}]));
}
