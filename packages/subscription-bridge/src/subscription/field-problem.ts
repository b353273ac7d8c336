/** A rule that a field breaks, as Kubernetes words it: `spec.x: Invalid value: "…": <detail>`. */
export function fieldProblem(field: string, value: unknown, detail: string): string {
  return `${field}: Invalid value: ${JSON.stringify(value ?? '')}: ${detail}`;
}

/** The first rule of one field that is broken. */
export function firstProblem(
  field: string,
  value: unknown,
  rules: readonly (readonly [isBroken: boolean, detail: string])[],
): string[] {
  const broken = rules.find(([isBroken]) => isBroken);
  return broken === undefined ? [] : [fieldProblem(field, value, broken[1])];
}
