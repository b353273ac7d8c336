/** Wall clock in ms with the resolution of the monotonic one: comparable between processes of one machine. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}
