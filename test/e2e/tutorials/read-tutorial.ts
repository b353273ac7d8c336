/** Commands of a tutorial, and what they print. */
export interface TutorialStep {
  readonly commands: string;
  /** Lines that must come in this order among others; `…` stands for anything. */
  readonly expected: readonly string[];
}

const block = /^```(\w*)\n([\s\S]*?)^```$/gm;

/** Its `sh` blocks in order, each with the `text` block that follows; other blocks are for readers alone. */
export function readTutorial(markdown: string): TutorialStep[] {
  const steps: { commands: string; expected: string[] }[] = [];
  for (const [, language = '', content = ''] of markdown.matchAll(block)) {
    if (language === 'sh') steps.push({ commands: content, expected: [] });
    if (language === 'text') steps.at(-1)?.expected.push(...content.trimEnd().split('\n'));
  }
  return steps;
}

/** The first expected line that is not there, in its turn. */
export function missingLine(output: string, expected: readonly string[]): string | undefined {
  const lines = output.split('\n');
  let next = 0;
  return expected.find((line) => {
    const found = lines.findIndex((one, index) => index >= next && matches(one, line));
    if (found < 0) return true;
    next = found + 1;
    return false;
  });
}

function matches(line: string, expected: string): boolean {
  const parts = expected.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(line);
}
