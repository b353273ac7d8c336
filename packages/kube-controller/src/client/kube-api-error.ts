/** An answer of the API server that is no success, from its Status object. */
export class KubeApiError extends Error {
  override readonly name = 'KubeApiError';
  readonly code = 'kube_api_error';
  readonly status: number;
  /** Kubernetes' reason, such as NotFound, Conflict, Invalid; '' when the answer had none. */
  readonly reason: string;
  readonly retryAfterMs: number | undefined;

  constructor(
    request: string,
    answer: { status: number; reason: string; message: string; retryAfterMs?: number | undefined },
  ) {
    super(`${request}: ${answer.status} ${answer.message}`);
    this.status = answer.status;
    this.reason = answer.reason;
    this.retryAfterMs = answer.retryAfterMs;
  }
}

/** By name, not by class: errors cross realms and copies of this package. */
function isKubeApiError(error: unknown): error is KubeApiError {
  return (error as { name?: unknown } | null)?.name === 'KubeApiError';
}

export function isNotFound(error: unknown): boolean {
  return isKubeApiError(error) && error.status === 404;
}

/** A write with an old resourceVersion; an object that exists already is another thing. */
export function isConflict(error: unknown): boolean {
  return isKubeApiError(error) && error.status === 409 && error.reason !== 'AlreadyExists';
}

export function isAlreadyExists(error: unknown): boolean {
  return isKubeApiError(error) && error.status === 409 && error.reason === 'AlreadyExists';
}

/** The resourceVersion is older than what the server remembers: list again. */
export function isGone(error: unknown): boolean {
  return isKubeApiError(error) && error.status === 410;
}

/** Whether going on from the same resourceVersion is of no use: all that a server refuses, but for being busy. */
export function needsNewList(error: unknown): boolean {
  return isKubeApiError(error) && error.status !== 429 && error.status !== 503;
}

export function retryAfterOf(error: unknown): number | undefined {
  return isKubeApiError(error) ? error.retryAfterMs : undefined;
}
