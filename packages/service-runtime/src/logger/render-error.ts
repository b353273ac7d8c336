/** An error as JSON can show it, its causes included; anything else as it is. */
export function renderError(error: unknown): unknown {
  if (!isErrorLike(error)) return error;
  const { name, message, stack, cause } = error;
  const code = (error as { code?: unknown }).code;
  return {
    name,
    ...(code === undefined ? {} : { code }),
    message,
    ...(stack === undefined ? {} : { stack }),
    ...(cause === undefined ? {} : { cause: renderError(cause) }),
  };
}

/** By shape: errors of another realm (Jest's, a worker's) are no `instanceof Error`. */
function isErrorLike(value: unknown): value is Error {
  return typeof value === 'object' && value !== null && 'message' in value && 'name' in value;
}
