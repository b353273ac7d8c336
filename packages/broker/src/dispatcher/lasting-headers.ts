/** What the server, the outbox, an earlier parking or a retry put there belongs to one storing of an event. */
const passing = /^(nats|jetmesh)-/i;

/** The headers of a stored event that go along when it is stored once more. */
export function lastingHeaders(headers: readonly string[]): string[] {
  return headers.flatMap((name, index) =>
    index % 2 === 0 && !passing.test(name) ? [name, headers[index + 1] ?? ''] : [],
  );
}
