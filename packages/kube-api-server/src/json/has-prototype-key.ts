import { isJsonObject, type JsonValue } from './json-value.ts';

/** Whether an object inside has a field `__proto__`, which copying would turn into its prototype. */
export function hasPrototypeKey(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some(hasPrototypeKey);
  if (!isJsonObject(value)) return false;
  return (
    Object.hasOwn(value, '__proto__') ||
    Object.values(value).some((inner) => inner !== undefined && hasPrototypeKey(inner))
  );
}
