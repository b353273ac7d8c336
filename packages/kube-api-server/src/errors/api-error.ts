import type { JsonObject } from '../json/json-value.ts';

/** A wrong field of an object: becomes a cause of a Status. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
  /** Cause's reason, e.g. FieldValueInvalid. */
  readonly reason: string;
}

export interface StatusDetails extends JsonObject {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: StatusCause[];
  retryAfterSeconds?: number;
}

export interface StatusCause extends JsonObject {
  reason?: string;
  message?: string;
  field?: string;
}

/** A refusal that the client sees as a Status object; `code` is its reason. */
export class ApiError extends Error {
  readonly httpCode: number;
  readonly code: string;
  readonly details: StatusDetails | undefined;

  constructor(httpCode: number, code: string, message: string, details?: StatusDetails) {
    super(message);
    this.name = 'ApiError';
    this.httpCode = httpCode;
    this.code = code;
    this.details = details;
  }

  toStatus(): JsonObject {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      ...(this.code === '' ? {} : { reason: this.code }),
      ...(this.details === undefined ? {} : { details: this.details }),
      code: this.httpCode,
    };
  }
}
