import { eventually } from './eventually.ts';

/** Waits until an assertion throws no more. */
export async function untilHolds(assertion: () => Promise<void>): Promise<void> {
  await eventually(async () => {
    await assertion();
    return true;
  });
}
