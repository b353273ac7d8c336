const prefix = 'application/cloudevents';

/** Whether a content-type names an event format, spoken here or not (HTTP binding §3.2). */
export function isEventFormat(contentType: string): boolean {
  return (
    contentType.length >= prefix.length &&
    contentType.slice(0, prefix.length).toLowerCase() === prefix
  );
}
