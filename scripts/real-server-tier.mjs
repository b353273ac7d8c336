/**
 * What the tiers on real servers have in common. A machine that cannot have the servers skips such a tier, visibly; with
 * CI=true that is a failure.
 */
import { closingLine } from './run-jest.mjs';

const { env } = process;

/** For the look-ups of real-servers.mjs. */
export const context = { env, announce: (sentence) => console.error(sentence) };

/** A run that could not be. */
export const skippedRun = { status: env.CI === 'true' ? 1 : 0, passed: 0, failed: 0, skipped: 1 };

/** A look-up that found what it looked for; else ends the tier with one line that says why. */
export function foundOrSkip(lookup, otherwise) {
  switch (lookup.kind) {
    case 'found':
      return lookup;
    case 'missing':
      console.error(`no ${lookup.name}: ${otherwise}`);
      return endTier(skippedRun);
    default:
      console.error(`Go could not build ${lookup.name}.`);
      return endTier({ ...skippedRun, status: 1 });
  }
}

/** Ends the process with the sum of the runs. Nothing run is a failure: a word was mistyped. */
export function endTier(...runs) {
  console.log(closingLine(runs));
  const isEmpty = runs.every(({ passed, failed, skipped }) => passed + failed + skipped === 0);
  process.exit(runs.find(({ status }) => status !== 0)?.status ?? Number(isEmpty));
}
