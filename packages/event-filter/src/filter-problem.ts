/** What makes a filter invalid, in Knative's words where it has some. */
export interface FilterProblem {
  /** For example `spec.filters[0].exact[Type]`. */
  readonly path: string;
  readonly message: string;
  /** Where in a CESQL expression, in characters from 0. */
  readonly position?: number;
}
