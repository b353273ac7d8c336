import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Broker } from '@jetmesh/eventing-api';
import type { StoredMessage } from '@jetmesh/jetstream';
import { connect } from 'node:net';
import { eventually } from '../../support/eventually.ts';
import { binaryHeaders, postEvent, postRaw } from '../../support/post-event.ts';
import type { RecordingSubscriber } from '../../support/recording-subscriber.ts';
import { BrokerMesh } from './broker-mesh.ts';

const everyByte = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
const structured = { 'content-type': 'application/cloudevents+json' };

describe('what the ingress takes', () => {
  let mesh: BrokerMesh;
  let broker: Broker;
  let url: string;
  let subscriber: RecordingSubscriber;

  beforeAll(async () => {
    mesh = await BrokerMesh.start();
    await mesh.startIngress();
    await mesh.startDispatcher();
    broker = await mesh.broker({ stream: { retention: 'kept' } });
    url = mesh.addressOf(broker);
    subscriber = await mesh.subscriber();
    await mesh.trigger(broker, { subscriberUri: subscriber.url });
  }, 30_000);
  afterAll(() => mesh.stop());

  const received = (id: string) =>
    eventually(() => {
      const found = subscriber.received.find((request) => request.id === id);
      if (found === undefined) throw new Error(`Event ${id} has not arrived`);
      return found;
    });

  async function stored(id: string): Promise<StoredMessage> {
    const messages = await mesh.controller.stored(broker);
    const found = messages.find(({ headers }) => headers[headers.indexOf('ce-id') + 1] === id);
    if (found === undefined) throw new Error(`No event ${id} is stored`);
    return found;
  }

  /** Sends these very bytes as header values, which clients do not let through. */
  async function postBytes(id: string, lines: readonly string[]): Promise<string> {
    const { port, pathname } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    const head = [
      `POST ${pathname} HTTP/1.1`,
      ...['Host: x', 'ce-specversion: 1.0', `ce-id: ${id}`, 'ce-source: /s', 'ce-type: t'],
      ...[...lines, 'Content-Length: 2'],
    ];
    socket.write(Buffer.from(`${head.join('\r\n')}\r\n\r\n{}`, 'latin1'));
    await eventually(() => answer.includes('\r\n\r\n'));
    socket.destroy();
    return answer.split('\r\n')[0] ?? '';
  }

  it('is delivered byte for byte', async () => {
    const type = { 'content-type': 'application/octet-stream' };
    await postEvent(url, { 'ce-id': 'bytes', ...type }, everyByte);
    const { body, headers } = await received('bytes');
    expect(body).toEqual(everyByte);
    expect(headers).toMatchObject(type);
  });

  it.each([
    ['application/json', 'this is no JSON'],
    ['application/xml', '<a/>'],
    ['application/vnd.apache.thrift.binary', 'x'],
  ])('in binary mode as %s is not read', async (type, body) => {
    const id = `opaque-${type.length}`;
    expect((await postEvent(url, { 'ce-id': id, 'content-type': type }, body)).code).toBe(202);
    expect((await received(id)).body.toString()).toBe(body);
  });

  it('in binary mode needs no content type, and gets none', async () => {
    const headers = binaryHeaders({ 'ce-id': 'untyped', 'content-type': undefined });
    expect((await postRaw(url, headers, '{}')).code).toBe(202);
    expect((await received('untyped')).headers).not.toHaveProperty('content-type');
  });

  it('of version 0.3 stays of version 0.3', async () => {
    await postEvent(url, { 'ce-id': 'old', 'ce-specversion': '0.3', 'ce-schemaurl': 'http://s' });
    expect((await received('old')).headers).toMatchObject({
      'ce-specversion': '0.3',
      'ce-schemaurl': 'http://s',
    });
  });

  it('keeps the bytes of its attributes: UTF-8, and what is percent-encoded', async () => {
    const utf8 = Buffer.from('€ ü').toString('latin1');
    const lines = [`ce-title: ${utf8}`, 'ce-encoded: 100%25 %E2%82%AC'];
    expect(await postBytes('values', lines)).toContain(' 202 ');
    const { headers } = await stored('values');
    expect(headers[headers.indexOf('ce-title') + 1]).toBe(utf8);
    expect(headers[headers.indexOf('ce-encoded') + 1]).toBe('100%25 %E2%82%AC');
    expect((await received('values')).headers).toMatchObject({ 'ce-title': utf8 });
  });

  it('goes on with the headers of its trace, and with no others', async () => {
    const carried = {
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      tracestate: 'vendor=1',
      b3: '0',
      'x-b3-traceid': '80f198ee56343ba864fe8b2a57d3eff7',
      'x-request-id': 'r-1',
      'knative-custom': 'k',
    };
    const dropped = {
      'nats-msg-id': 'mine',
      'nats-expected-stream': 'OTHER',
      'nats-rollup': 'all',
      'jetmesh-replay-for': 'nobody',
      'jetmesh-attempts': '99',
      authorization: 'Bearer x',
      cookie: 'c=1',
      te: 'trailers',
      'proxy-authorization': 'Basic x',
      'x-other': '1',
    };
    expect((await postEvent(url, { 'ce-id': 'traced', ...carried, ...dropped })).code).toBe(202);
    const request = await received('traced');
    expect(request.headers).toMatchObject(carried);
    const { headers } = await stored('traced');
    for (const name of Object.keys(dropped)) {
      expect(headers.map((part) => part.toLowerCase())).not.toContain(name);
      expect(request.headers).not.toHaveProperty(name);
    }
  });

  it.each<[string, number, Record<string, string>, string]>([
    ['a version from the future', 400, binaryHeaders({ 'ce-specversion': '19.0' }), '{}'],
    ['no event at all', 400, { 'content-type': 'text/plain' }, 'hello'],
    ['broken JSON', 400, structured, '{"specversion":'],
    ['JSON that is no event', 400, structured, '[1]'],
    [
      'a structured event without id',
      400,
      structured,
      '{"specversion":"1.0","source":"/","type":"t"}',
    ],
    [
      'a batch that is no list',
      400,
      { 'content-type': 'application/cloudevents-batch+json' },
      '{}',
    ],
    ['another event format', 415, { 'content-type': 'application/cloudevents+protobuf' }, 'x'],
    ['another batch format', 415, { 'content-type': 'application/cloudevents-batch+xml' }, 'x'],
    ['an attribute name that is none', 400, binaryHeaders({ 'ce-my_name': 'x' }), '{}'],
  ])('is not %s: %i with a reason', async (_case, code, headers, body) => {
    const before = (await mesh.controller.stored(broker)).length;
    const answer = await postRaw(url, headers, body);
    expect(answer.code).toBe(code);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(JSON.parse(answer.body)).toEqual({ error: expect.stringMatching(/^.+: .+/) });
    expect(await mesh.controller.stored(broker)).toHaveLength(before);
  });
});
