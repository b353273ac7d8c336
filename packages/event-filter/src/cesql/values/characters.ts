/** Characters are Unicode's, not the two halves that some of them have in a JavaScript string. */
export function countCharacters(text: string): number {
  return hasPairs(text) ? Array.from(text).length : text.length;
}

export function sliceCharacters(text: string, start: number, end: number): string {
  return hasPairs(text) ? Array.from(text).slice(start, end).join('') : text.slice(start, end);
}

function hasPairs(text: string): boolean {
  return /[\ud800-\udfff]/.test(text);
}
