import { badRequest } from '../errors/api-errors.ts';

/** A resourceVersion given in a query. */
export function readRevision(text: string): number {
  if (/^[0-9]{1,15}$/.test(text)) return Number(text);
  const value = JSON.stringify(text);
  throw badRequest(
    `invalid resource version: resourceVersion: Invalid value: ${value}: strconv.ParseUint: parsing ${value}: invalid syntax`,
  );
}
