/** What one ServiceAccount may do with one resource, as a row of docs/rights.md. */
export type Right = readonly [resource: string, where: string, names: string, verbs: string];

/** Lines of `kubectl auth can-i --list --no-headers`: resources, other URLs, names, verbs. */
export function rightsIn(list: string): ReadonlyMap<string, readonly string[]> {
  const rights = new Map<string, string[]>();
  for (const line of list.split('\n')) {
    const [, resource, names, verbs] = /^(\S+)\s+\[\]\s+\[(.*?)\]\s+\[(.*?)\]$/.exec(line) ?? [];
    if (resource === undefined) continue;
    const key = JSON.stringify([resource, names]);
    rights.set(key, [...(rights.get(key) ?? []), ...(verbs ?? '').split(' ')]);
  }
  return rights;
}

/** What an account may do everywhere, and beyond that in its own Namespace; without what every account may. */
export function rightsOf(lists: {
  everybody: string;
  everywhere: string;
  atHome: string;
}): Right[] {
  const everybody = rightsIn(lists.everybody);
  const everywhere = without(rightsIn(lists.everywhere), everybody);
  const atHome = without(without(rightsIn(lists.atHome), everybody), everywhere);
  return [...rows(everywhere, 'all Namespaces'), ...rows(atHome, 'jetmesh-system')].sort();
}

type Rights = ReadonlyMap<string, readonly string[]>;

function without(rights: Rights, others: Rights): Rights {
  const rest = [...rights].map(([key, verbs]) => {
    const known = others.get(key) ?? [];
    return [key, verbs.filter((verb) => !known.includes(verb))] as const;
  });
  return new Map(rest.filter(([, verbs]) => verbs.length > 0));
}

function rows(rights: Rights, where: string): Right[] {
  return [...rights].map(([key, verbs]) => {
    const [resource, names] = JSON.parse(key) as [string, string];
    return [resource, where, names, [...new Set(verbs)].sort().join(', ')];
  });
}
