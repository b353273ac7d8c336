export function carriedHeaders(_rawHeaders: readonly string[]): string[] {
  throw new Error('follows in the next commit');
}
