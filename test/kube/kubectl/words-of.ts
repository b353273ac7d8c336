/** Words of a command line; single quotes keep blanks together. */
export function wordsOf(line: string): string[] {
  const pieces = line.match(/(?:'[^']*'|[^\s'])+/g) ?? [];
  return pieces.map((piece) => piece.replaceAll("'", ''));
}
