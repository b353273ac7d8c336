interface KubeVersion {
  readonly stability: number;
  readonly major: number;
  readonly minor: number;
}

const stabilities = ['alpha', 'beta', ''];

/** Sorts version names as discovery lists them: v10, v2, v1, v2beta1, v1alpha1, then others by name. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [parse(left), parse(right)];
  if (a === undefined || b === undefined) {
    if (a !== undefined) return -1;
    if (b !== undefined) return 1;
    return left < right ? -1 : 1;
  }
  return b.stability - a.stability || b.major - a.major || b.minor - a.minor;
}

function parse(name: string): KubeVersion | undefined {
  const match = /^v([0-9]+)(?:(alpha|beta)([0-9]+))?$/.exec(name);
  if (match === null) return undefined;
  const [, major, stability = '', minor = '0'] = match;
  return {
    stability: stabilities.indexOf(stability),
    major: Number(major),
    minor: Number(minor),
  };
}
