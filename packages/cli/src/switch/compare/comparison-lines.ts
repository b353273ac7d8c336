import type { TypeComparison } from './comparison.ts';

/** Whether the mesh would serve others than the bus does, or saw nothing of these events at all. */
export function isDifferent({ busCount, meshCount, onlyBus, onlyMesh }: TypeComparison): boolean {
  return onlyBus.length + onlyMesh.length > 0 || (busCount === 0) !== (meshCount === 0);
}

/** A comparison as a person reads it: what differs first. */
export function comparisonLines(name: string, types: readonly TypeComparison[]): string[] {
  const different = types.filter(isDifferent);
  const same = types.filter((type) => !isDifferent(type));
  const total = types.reduce((sum, type) => sum + Math.max(type.busCount, type.meshCount), 0);
  const verdict =
    different.length === 0
      ? 'No difference: on the mesh the same subscribers would get them.'
      : `${different.length} of ${types.length} types would reach others on the mesh.`;
  return [
    `${name}: ${total} events of ${types.length} types judged, none delivered by it`,
    ...[...different, ...same].map(typeLine),
    verdict,
  ];
}

function typeLine(comparison: TypeComparison): string {
  const { type, version, busCount, meshCount, both, onlyBus, onlyMesh } = comparison;
  const parts = [
    ['only on the bus', onlyBus],
    ['only on the mesh', onlyMesh],
    ['on both', both],
  ] as const;
  const named = parts.filter(([, names]) => names.length > 0);
  const words = named.map(([where, names]) => `${where}: ${names.join(', ')}`);
  const unseen = [
    ...(busCount === 0 ? ['not seen on the bus'] : []),
    ...(meshCount === 0 ? ['not seen on the mesh'] : []),
  ];
  const kind = isDifferent(comparison) ? 'differs' : 'same';
  const what = version === '' ? type : `${type} (${version})`;
  const details = [...unseen, ...words].join('; ');
  return `  ${kind.padEnd(9)}${what}, ${Math.max(busCount, meshCount)} events: ${details === '' ? 'for nobody' : details}`;
}
