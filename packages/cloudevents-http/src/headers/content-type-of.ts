/** The first content-type of a header list. */
export function contentTypeOf(rawHeaders: readonly string[]): string | undefined {
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.length === 12 && name.toLowerCase() === 'content-type') return rawHeaders[index + 1];
  }
  return undefined;
}
