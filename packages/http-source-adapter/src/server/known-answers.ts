import { codeAnswer, type Answer } from './answer.ts';

const soon = { 'retry-after': '1' };

export const pathNotFound = codeAnswer(404, 'Requested resource could not be found.');

export const overloaded = codeAnswer(503, 'Too many requests are open.', soon);

export const routesUnknown = codeAnswer(
  503,
  'The routes of Applications are not loaded yet.',
  soon,
);

export const internalError = codeAnswer(500, 'Internal error.');

export function methodNotAllowed(allowed: string): Answer {
  return codeAnswer(405, 'Method not allowed.', { allow: allowed });
}

export function applicationNotFound(application: string): Answer {
  const reason = `no HTTPSource has it as spec.source`;
  return codeAnswer(404, `Application "${application}" is not known: ${reason}.`);
}
