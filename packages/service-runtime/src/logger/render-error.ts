/** Causes can be a circle. */
const deepestCause = 5;

/** An error as JSON can show it, its causes and its parts included; anything else as it is. */
export function renderError(error: unknown, depth = 0): unknown {
  if (!isErrorLike(error) || depth > deepestCause) return error;
  const { name, code, message, stack, cause, errors } = error;
  return {
    name,
    ...(code === undefined ? {} : { code }),
    message,
    ...(stack === undefined ? {} : { stack }),
    ...(cause === undefined ? {} : { cause: renderError(cause, depth + 1) }),
    ...(Array.isArray(errors) ? { errors: errors.map((one) => renderError(one, depth + 1)) } : {}),
  };
}

interface ErrorLike extends Error {
  readonly code?: unknown;
  /** Of an AggregateError, whose own message is often empty. */
  readonly errors?: unknown;
}

/** By shape: errors of another realm (Jest's, a worker's) are no `instanceof Error`. */
function isErrorLike(value: unknown): value is ErrorLike {
  return typeof value === 'object' && value !== null && 'message' in value && 'name' in value;
}
