import { headerValue } from './header-value.ts';

const replayHeader = 'jetmesh-replay-for';

/** An event that an operator replays names the one Trigger that is to get it; the stream hands it to all. */
export function isForAnotherTrigger(headers: readonly string[], triggerUid: string): boolean {
  const wanted = headerValue(headers, replayHeader);
  return wanted !== undefined && wanted !== triggerUid;
}
