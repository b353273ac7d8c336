/** One entry of `status.conditions`, in Knative's shape (knative/specs, error-signalling). */
export interface Condition {
  type: string;
  status: ConditionStatus;
  reason?: string;
  message?: string;
  severity?: '' | 'Warning' | 'Info';
  lastTransitionTime?: string;
}

export type ConditionStatus = 'True' | 'False' | 'Unknown';

/** What a reconcile found out about one condition, before times are known. */
export interface ConditionFinding {
  readonly status: ConditionStatus;
  readonly reason?: string;
  readonly message?: string;
}
