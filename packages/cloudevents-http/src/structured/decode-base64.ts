/** The bytes of standard Base64 with its padding (RFC 4648 §4); undefined when the text is something else. */
export function decodeBase64(text: string): Buffer | undefined {
  if (text.length % 4 !== 0 || text.includes('-') || text.includes('_')) return undefined;
  const paddingLength = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = Buffer.from(text, 'base64');
  // Buffer skips what it does not know, so such text comes out too short.
  return bytes.length === (text.length / 4) * 3 - paddingLength ? bytes : undefined;
}
