import { ApiError, type FieldProblem, type StatusCause } from './api-error.ts';

/** The part of a resource that errors name. */
interface NamedResource {
  readonly group: string;
  readonly plural: string;
}
interface NamedKind {
  readonly group: string;
  readonly kind: string;
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, 'BadRequest', message);
}

export function notFound(resource: NamedResource, name: string): ApiError {
  return new ApiError(404, 'NotFound', `${qualified(resource)} "${name}" not found`, {
    name,
    ...groupOf(resource),
    kind: resource.plural,
  });
}

/** For a path that no resource answers. */
export function noSuchResource(): ApiError {
  return new ApiError(404, 'NotFound', 'the server could not find the requested resource', {});
}

/** For a path that no group and version answers: plain text, as from a server that knows nothing of the API. */
export function noSuchPath(): ApiError {
  return new ApiError(404, 'NotFound', '404 page not found');
}

export function methodNotAllowed(): ApiError {
  const message = 'the server does not allow this method on the requested resource';
  return new ApiError(405, 'MethodNotAllowed', message, {});
}

export function alreadyExists(resource: NamedResource, name: string): ApiError {
  return new ApiError(409, 'AlreadyExists', `${qualified(resource)} "${name}" already exists`, {
    name,
    ...groupOf(resource),
    kind: resource.plural,
  });
}

export const staleObject =
  'the object has been modified; please apply your changes to the latest version and try again';

export function conflict(resource: NamedResource, name: string, cause: string): ApiError {
  const message = `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${cause}`;
  return new ApiError(409, 'Conflict', message, {
    name,
    ...groupOf(resource),
    kind: resource.plural,
  });
}

/** Server-side apply met fields of other managers. */
export function applyConflict(causes: StatusCause[], summary: string): ApiError {
  const plural = causes.length === 1 ? 'conflict' : 'conflicts';
  const message = `Apply failed with ${causes.length} ${plural}: ${summary}`;
  return new ApiError(409, 'Conflict', message, { causes });
}

export function invalid(kind: NamedKind, name: string, problems: FieldProblem[]): ApiError {
  const subject = kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`;
  const texts = problems.map(({ field, message }) =>
    field === '' ? message : `${field}: ${message}`,
  );
  const text = texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
  return new ApiError(422, 'Invalid', `${subject} "${name}" is invalid: ${text}`, {
    ...(name === '' ? {} : { name }),
    ...groupOf(kind),
    kind: kind.kind,
    causes: problems.map(({ reason, message, field }) => ({ reason, message, field })),
  });
}

export function forbidden(resource: NamedResource, name: string, cause: string): ApiError {
  const message = `${qualified(resource)} "${name}" is forbidden: ${cause}`;
  return new ApiError(403, 'Forbidden', message, {
    name,
    ...groupOf(resource),
    kind: resource.plural,
  });
}

export function expired(message: string): ApiError {
  return new ApiError(410, 'Expired', message);
}

export function unsupportedMediaType(message: string): ApiError {
  return new ApiError(415, 'UnsupportedMediaType', message);
}

export function notAcceptable(offered: readonly string[]): ApiError {
  const message = `only the following media types are accepted: ${offered.join(', ')}`;
  return new ApiError(406, 'NotAcceptable', message);
}

export function tooLarge(sizeBytes: number): ApiError {
  const message = `Request entity too large: the object would be stored in ${sizeBytes} bytes`;
  return new ApiError(413, 'RequestEntityTooLarge', message, {});
}

export function tooManyRequests(): ApiError {
  const message = 'The server is overloaded with writes, please try again later';
  return new ApiError(429, 'TooManyRequests', message, { retryAfterSeconds: 1 });
}

export function internalError(message: string): ApiError {
  return new ApiError(500, 'InternalError', `Internal error occurred: ${message}`);
}

export function unauthorized(): ApiError {
  return new ApiError(401, 'Unauthorized', 'Unauthorized');
}

function qualified({ group, plural }: NamedResource): string {
  return group === '' ? plural : `${plural}.${group}`;
}

function groupOf({ group }: { readonly group: string }): { group?: string } {
  return group === '' ? {} : { group };
}
