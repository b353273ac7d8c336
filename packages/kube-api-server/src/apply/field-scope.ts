/** Whether a request can change (and so manage) what is below a top-level field, given as `f:name`. */
export type FieldScope = (element: string) => boolean;

export function fieldScope(subresource: string | undefined, hasStatus: boolean): FieldScope {
  if (subresource === 'status') return (element) => element === 'f:status';
  return hasStatus ? (element) => element !== 'f:status' : () => true;
}
