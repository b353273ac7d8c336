/**
 * RFC 3986, Appendix A, without the inside of an IP literal. Runs are written `plain*(?:encoded plain*)*`, which the
 * regular expression engine walks through without a way back.
 */
const plain = "A-Za-z0-9._~!$&'()*+,;=\\-";
const scheme = '[A-Za-z][A-Za-z0-9+.\\-]*:';
const host = `(?:\\[[${plain}:]+\\]|${run('')})(?::[0-9]*)?`;
const authority = `//(?:${run(':')}@)?${host}(?=[/?#]|$)`;
const hierarchy = `(?:${authority}|(?!//))${run(':@/')}`;
const tail = `(?:\\?${run(':@/?')})?(?:#${run(':@/?')})?`;

const uri = new RegExp(`^${scheme}${hierarchy}${tail}$`);
/** Without a scheme, a colon in the first segment would make one. */
const relativeReference = new RegExp(`^(?![^/?#]*:)${hierarchy}${tail}$`);

function run(others: string): string {
  return `[${plain}${others}]*(?:%[0-9A-Fa-f]{2}[${plain}${others}]*)*`;
}

export function isAbsoluteUri(text: string): boolean {
  return uri.test(text);
}

export function isUriReference(text: string): boolean {
  return relativeReference.test(text) || uri.test(text);
}
