/** Kyma's error JSON; keys without content are left out, as the outside face does. */
export interface LegacyError {
  readonly status: number;
  readonly type: string;
  readonly message: string;
  readonly moreInfo?: string;
  readonly details?: readonly LegacyErrorDetail[];
}

interface LegacyErrorDetail {
  readonly field: string;
  readonly type: string;
  readonly message: string;
  readonly moreInfo?: string;
}

/** Texts of the bus itself; the outside face passes them through. */
const incorrectEntry = 'We need all your entries to be correct to keep you moving.';

export function badPayload(moreInfo: string): LegacyError {
  return { status: 400, type: 'bad_payload_syntax', message: 'Bad payload syntax', moreInfo };
}

export const emptyPayload: LegacyError = badPayload('Bad payload syntax');

export const payloadTooLarge: LegacyError = {
  status: 413,
  type: 'request_body_too_large',
  message: 'Request body too large',
  moreInfo: 'http: request body too large',
};

export function missingField(field: string): LegacyError {
  return violation('Missing field', { field, type: 'missing_field' });
}

export function invalidField(field: string): LegacyError {
  return violation('Invalid field', { field, type: 'invalid_field' });
}

/** What the bus says of a field that the outside face let pass. */
export function fieldRefusedByBus(field: string): LegacyError {
  return violation(incorrectEntry, { field, type: 'invalid_field' });
}

export function fieldTooLong(field: string, maxBytes: number): LegacyError {
  const type = 'invalid_field_length';
  return violation(incorrectEntry, { field, type }, `Field length must be at max: ${maxBytes}`);
}

/** The bus could not do its work, and there is nothing that the sender can correct. */
export const internalServerError: LegacyError = {
  status: 500,
  type: 'internal_server_error',
  message: 'Some unexpected internal error occurred, please contact support.',
};

function violation(
  message: string,
  { field, type }: { field: string; type: string },
  moreInfo?: string,
): LegacyError {
  const detail = { field, type, message, ...(moreInfo !== undefined && { moreInfo }) };
  return { status: 400, type: 'validation_violation', message, details: [detail] };
}
