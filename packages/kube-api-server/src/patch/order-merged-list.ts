import type { JsonValue } from '../json/json-value.ts';

interface MergedList {
  readonly merged: readonly JsonValue[];
  /** Items in the order that the patch wants: those that it has, or those of its order directive. */
  readonly wanted: readonly JsonValue[];
  readonly original: readonly JsonValue[];
  readonly keyOf: (item: JsonValue) => JsonValue | undefined;
}

/**
 * The order of a list after a strategic merge: items of the patch as it has them; the others keep their order among
 * themselves, and come before an item of the patch only where they did so in the original.
 */
export function orderMergedList({ merged, wanted, original, keyOf }: MergedList): JsonValue[] {
  const placeIn = (list: readonly JsonValue[], item: JsonValue): number =>
    list.findIndex((each) => keyOf(each) === keyOf(item));
  const byPlaceIn =
    (list: readonly JsonValue[]) =>
    (left: JsonValue, right: JsonValue): number =>
      placeIn(list, left) - placeIn(list, right);
  const ofPatch = merged.filter((item) => placeIn(wanted, item) !== -1).sort(byPlaceIn(wanted));
  const others = merged.filter((item) => placeIn(wanted, item) === -1).sort(byPlaceIn(original));

  const ordered: JsonValue[] = [];
  for (const item of ofPatch) {
    const place = placeIn(original, item);
    while (place !== -1 && others.length > 0) {
      const [other = null] = others;
      if (placeIn(original, other) > place) break;
      ordered.push(other);
      others.shift();
    }
    ordered.push(item);
  }
  return [...ordered, ...others];
}
