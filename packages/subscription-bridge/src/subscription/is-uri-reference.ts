/** Whether Go's `url.Parse`, by which Kyma judges a `source`, takes it: RFC 3986 with lenient characters. */
export function isUriReference(text: string): boolean {
  const hasControlCharacter = /[\u0000-\u001f\u007f]/.test(text);
  const hasBrokenEscape = /%(?![0-9a-fA-F]{2})/.test(text);
  const hasScheme = /^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(text);
  const firstSegment = text.split('/', 1)[0] ?? '';
  const hasColonWithoutScheme = !hasScheme && firstSegment.includes(':');
  return !hasControlCharacter && !hasBrokenEscape && !hasColonWithoutScheme;
}
