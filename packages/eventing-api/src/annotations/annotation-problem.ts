/** An annotation of ours whose value breaks its rule. */
export interface AnnotationProblem {
  readonly annotation: string;
  readonly rule: string;
}

/** As a condition's message says it. */
export function annotationMessage(problems: readonly AnnotationProblem[]): string {
  return problems
    .map(({ annotation, rule }) => `metadata.annotations["${annotation}"]: ${rule}`)
    .join('\n');
}
