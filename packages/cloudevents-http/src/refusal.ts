/** Why a message is not taken: which field breaks which rule, in words for the sender. */
export type Refusal = {
  readonly kind: 'refused';
  /** 415 is for events in a format that is not spoken here; 400 for everything else. */
  readonly code: 400 | 415;
  readonly field: string;
  readonly rule: string;
  /** Which event of a batch, from 0. */
  readonly index?: number;
};

export function refuse(field: string, rule: string): Refusal {
  return { kind: 'refused', code: 400, field, rule };
}

export function isRefusal(result: object): result is Refusal {
  return 'kind' in result && result.kind === 'refused';
}
