const whiteSpace = /^\p{White_Space}$/u;

/** Trims what Unicode calls white space, which is not quite what JavaScript trims. */
export function trimWhiteSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && whiteSpace.test(text.charAt(start))) start += 1;
  while (end > start && whiteSpace.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
