import { describe, expect, it } from '@jest/globals';
import {
  decodeEvents,
  encodeBatch,
  encodeBinary,
  encodeStructured,
  type CloudEvent,
  type HttpMessage,
} from '@jetmesh/cloudevents-http';
import { CloudEvent as SdkEvent, HTTP, type CloudEventV1, type Message } from 'cloudevents';

/** The SDK for JavaScript as an independent reader and writer. It knows ASCII headers and times in milliseconds only. */
const required = {
  specversion: '1.0',
  id: 'A234-1234',
  type: 'com.example.created',
  source: 'https://example.com/commerce',
  time: '2018-04-05T17:31:00.123Z',
};
const optional = { subject: 'order/1', dataschema: 'https://example.com/schema', ext1: 'value' };

const json = '{"total":1.5,"items":[{"sku":"a"}],"note":"ü"}';
const contents: [contentType: string, data: string][] = [
  ['application/json', json],
  ['application/json', '"text"'],
  ['application/json', '[1,null]'],
  ['text/plain', 'some text'],
  ['application/xml', '<much wow="xml"/>'],
];
const cases = contents.flatMap(([datacontenttype, data]) =>
  ['1.0', '0.3'].map((specversion) => ({ specversion, datacontenttype, data })),
);

function anEvent({ specversion, datacontenttype, data }: (typeof cases)[number]): CloudEvent {
  const { dataschema, ...others } = optional;
  const schema = specversion === '1.0' ? { dataschema } : { schemaurl: dataschema };
  const attributes = { ...required, ...others, ...schema, specversion, datacontenttype };
  return { attributes: new Map(Object.entries(attributes)), data: Buffer.from(data) };
}

function toSdk({ headers, body }: HttpMessage): Message {
  const pairs = headers.flatMap((name, index) =>
    index % 2 === 0 ? [[name, headers[index + 1]] as const] : [],
  );
  return { headers: Object.fromEntries(pairs), body: body.toString() };
}

function fromSdk(message: Message): CloudEvent[] {
  const headers = Object.entries(message.headers).flatMap(([name, value]) => [name, String(value)]);
  const result = decodeEvents(headers, Buffer.from(String(message.body)));
  if (result.kind === 'refused') throw new Error(`${result.field}: ${result.rule}`);
  return result.events;
}

function readBySdk(message: HttpMessage): CloudEventV1<unknown>[] {
  const read: unknown = HTTP.toEvent(toSdk(message));
  return (Array.isArray(read) ? read : [read]) as CloudEventV1<unknown>[];
}

/** The SDK's event in the terms of ours; it parses JSON itself. */
function described(event: CloudEventV1<unknown>) {
  const { data, ...others } = event;
  const attributes = Object.entries(others).filter(
    ([name, value]) => value !== undefined && name !== 'data_base64',
  );
  return { attributes: Object.fromEntries(attributes), data };
}

function expectedOf({ attributes, data }: CloudEvent) {
  const text = data?.toString() ?? '';
  const isJson = attributes.get('datacontenttype') === 'application/json';
  return {
    attributes: Object.fromEntries(attributes),
    data: isJson ? (JSON.parse(text) as unknown) : text,
  };
}

function sdkEvent(event: CloudEvent): SdkEvent<unknown> {
  const { attributes, data } = expectedOf(event);
  return new SdkEvent({ ...attributes, data });
}

describe('the SDK reads what is written here', () => {
  it.each(cases)('in binary mode: %j', (content) => {
    const event = anEvent(content);
    expect(readBySdk(encodeBinary(event)).map(described)).toEqual([expectedOf(event)]);
  });

  it.each(cases)('in structured mode: %j', (content) => {
    const event = anEvent(content);
    expect(readBySdk(encodeStructured(event)).map(described)).toEqual([expectedOf(event)]);
  });

  it('in batched mode', () => {
    const events = cases.filter(({ specversion }) => specversion === '1.0').map(anEvent);
    expect(readBySdk(encodeBatch(events)).map(described)).toEqual(events.map(expectedOf));
  });

  it('with bytes for data', () => {
    const data = Buffer.from([0, 255, 128, 10]);
    const event = { attributes: new Map(Object.entries(required)), data };
    const [read] = readBySdk(encodeStructured(event));
    expect(Buffer.from(read?.data as Uint8Array)).toEqual(data);
  });
});

describe('what the SDK writes is read here', () => {
  it.each(cases)('in structured mode: %j', (content) => {
    const event = anEvent(content);
    const [read] = fromSdk(HTTP.structured(sdkEvent(event)));
    expect(read).toEqual({ attributes: event.attributes, data: event.data });
  });

  it.each(cases.filter(({ data }) => data !== '"text"'))('in binary mode: %j', (content) => {
    const event = anEvent(content);
    const [read] = fromSdk(HTTP.binary(sdkEvent(event)));
    expect(read).toEqual({ attributes: event.attributes, data: event.data });
  });

  it('with bytes for data', () => {
    const data = Buffer.from([0, 255, 128, 10]);
    const [read] = fromSdk(HTTP.structured(new SdkEvent({ ...required, data })));
    expect(read).toEqual({ attributes: new Map(Object.entries(required)), data });
  });

  it('with numbers and booleans as extensions', () => {
    const event = new SdkEvent({ ...required, sequence: 5, isnew: true });
    const [read] = fromSdk(HTTP.structured(event));
    expect(Object.fromEntries(read!.attributes)).toEqual({
      ...required,
      sequence: '5',
      isnew: 'true',
    });
  });
});
