/**
 * A Trigger that shares a consumer delivers on two ways, straight and from its retry subject; each has a part of its
 * bound of open requests, and both at least one.
 */
export function directShareOf(maxInFlight: number): number {
  return Math.ceil(maxInFlight / 2);
}

export function retryShareOf(maxInFlight: number): number {
  return Math.max(1, Math.floor(maxInFlight / 2));
}
