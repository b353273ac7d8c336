/** Why an attribute cannot have a name; undefined when it can. */
export function nameProblem(name: string): string | undefined {
  if (!isAttributeName(name)) {
    return 'is not an attribute name: only lower-case letters and digits are allowed';
  }
  return name === 'data' ? 'is not an attribute: data stands in the body' : undefined;
}

function isAttributeName(name: string): boolean {
  for (let index = 0; index < name.length; index += 1) {
    const code = name.charCodeAt(index);
    const isLetter = code >= 0x61 && code <= 0x7a;
    if (!isLetter && !(code >= 0x30 && code <= 0x39)) return false;
  }
  return name.length > 0;
}
