const carried = /^(?:traceparent|tracestate|b3|x-b3-.+|x-request-id|knative-.+)$/i;

/** The headers that go with an event from hop to hop: its trace, its request id, Knative's own; nothing else. */
export function carriedHeaders(rawHeaders: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (carried.test(name)) kept.push(name, rawHeaders[index + 1] ?? '');
  }
  return kept;
}
