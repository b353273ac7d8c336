import { contentKind } from '../media-type/content-kind.ts';

/** An empty body is empty data only where the content type allows that: no JSON is empty, and no type is no data. */
export function dataOfBody(body: Buffer, contentType: string | undefined): Buffer | undefined {
  if (body.length > 0) return body;
  const cannotBeEmpty = contentType === undefined || contentKind(contentType) === 'json';
  return cannotBeEmpty ? undefined : body;
}
