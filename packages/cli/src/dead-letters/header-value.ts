/** The first value of the header `name` (lower case) in a flat header list. */
export function headerValue(headers: readonly string[], name: string): string | undefined {
  const at = headers.findIndex((part, index) => index % 2 === 0 && part.toLowerCase() === name);
  return at === -1 ? undefined : headers[at + 1];
}
