import type { PatternPart } from './pattern.ts';

/**
 * Matches by characters, as Unicode counts them. A failed match goes back to the last `%` only, which then takes one
 * character more: that is enough, and keeps the time bounded.
 */
export function matchParts(parts: readonly PatternPart[]): (text: string) => boolean {
  const steps = parts.flatMap((part): PatternPart[] =>
    typeof part === 'object' ? Array.from(part.text, (text) => ({ text })) : [part],
  );
  return (text) => matchSteps(Array.from(text), steps);
}

function matchSteps(characters: readonly string[], steps: readonly PatternPart[]): boolean {
  let at = 0;
  let step = 0;
  let retry: { at: number; step: number } | undefined;
  while (at < characters.length) {
    if (steps[step] === 'many') {
      step += 1;
      retry = { at, step };
    } else if (isMatch(steps[step], characters[at])) {
      at += 1;
      step += 1;
    } else if (retry === undefined) {
      return false;
    } else {
      retry.at += 1;
      ({ at, step } = retry);
    }
  }
  return steps.slice(step).every((rest) => rest === 'many');
}

/** `many` is no match: it is looked for before. */
function isMatch(step: PatternPart | undefined, character: string | undefined): boolean {
  return typeof step === 'object' ? step.text === character : step === 'one';
}
