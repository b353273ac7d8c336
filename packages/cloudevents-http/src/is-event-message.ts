export function isEventMessage(_rawHeaders: readonly string[]): boolean {
  throw new Error('follows in the next commit');
}
