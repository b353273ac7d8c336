import { request } from 'undici';

export interface EventToSend {
  readonly application: string;
  readonly type: string;
  readonly id: string;
  /** JSON text. */
  readonly data: string;
}

export interface SendAnswer {
  readonly status: number;
  readonly body: string;
}

const timeouts = { headersTimeout: 15_000, bodyTimeout: 15_000 };

/** POSTs a CloudEvent 1.0 in binary mode to `/<application>/events` of the adapter. */
export async function sendCloudEvent(adapter: string, event: EventToSend): Promise<SendAnswer> {
  return post(`${adapter}/${event.application}/events`, event.data, {
    'ce-specversion': '1.0',
    'ce-id': event.id,
    'ce-type': event.type,
    'ce-source': event.application,
  });
}

export interface LegacyEventToSend extends EventToSend {
  readonly version: string;
  readonly time: Date;
}

/** POSTs a legacy event to `/<application>/v1/events` of the adapter. */
export async function sendLegacyEvent(
  adapter: string,
  event: LegacyEventToSend,
): Promise<SendAnswer> {
  const fields = {
    'event-type': event.type,
    'event-type-version': event.version,
    'event-id': event.id,
    'event-time': event.time.toISOString(),
  };
  const body = `${JSON.stringify(fields).slice(0, -1)},"data":${event.data}}`;
  return post(`${adapter}/${event.application}/v1/events`, body, {});
}

async function post(
  url: string,
  body: string,
  headers: Record<string, string>,
): Promise<SendAnswer> {
  const answer = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    ...timeouts,
  });
  return { status: answer.statusCode, body: await answer.body.text() };
}
