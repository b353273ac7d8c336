import { jetmeshAnnotations, parseDurationMs, type Subscription } from '@jetmesh/eventing-api';

/** How long the Triggers of a Subscription may take to deliver what they have, once they are not wanted any more. */
export interface DrainTimeout {
  readonly timeoutMs: number;
  /** What the annotation says when it is no duration. */
  readonly remark: string | undefined;
}

export function drainTimeout({ metadata }: Subscription, defaultMs: number): DrainTimeout {
  const text = metadata.annotations?.[jetmeshAnnotations.drainTimeout];
  const timeoutMs = text === undefined ? defaultMs : parseDurationMs(text);
  if (timeoutMs !== undefined) return { timeoutMs, remark: undefined };
  const remark = `Annotation ${jetmeshAnnotations.drainTimeout} is no ISO 8601 duration: ${JSON.stringify(text)}.`;
  return { timeoutMs: defaultMs, remark };
}
