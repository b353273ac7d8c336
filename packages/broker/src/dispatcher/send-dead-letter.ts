import { type CloudEvent, encodeBinary, encodeStructured } from '@jetmesh/cloudevents-http';
import { deadLetterEvent } from './dead-letter-event.ts';
import type { DeliveryPlan } from './delivery-plan.ts';
import type { Failure } from './outcome.ts';
import { requestHeaders } from './request-headers.ts';
import { type RequestDispatcher, sendEvent } from './send-event.ts';
import type { Target } from './target.ts';

/** Hands an undeliverable event to the dead letter sink; true when the sink took it with a 2xx. */
export async function sendDeadLetter(
  event: CloudEvent,
  failure: Failure,
  storedHeaders: readonly string[],
  room: { plan: DeliveryPlan; sink: Target; connections: RequestDispatcher },
): Promise<boolean> {
  const { plan, sink, connections } = room;
  const encode = plan.contentMode === 'structured' ? encodeStructured : encodeBinary;
  const { headers, body } = encode(deadLetterEvent(event, failure));
  const extra = requestHeaders(storedHeaders, plan.trigger.namespace, false);
  const attempt = await sendEvent(
    connections,
    sink,
    { headers: [...headers, ...extra], body },
    { timeoutMs: plan.timeoutMs, bodyLimit: () => 0 },
  );
  return attempt.kind === 'answered' && attempt.status >= 200 && attempt.status < 300;
}
