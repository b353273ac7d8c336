import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { eventually } from '../support/eventually.ts';
import { binaryHeaders, postEvent } from '../support/post-event.ts';
import { ConformanceMesh } from './conformance-mesh.ts';

/** What older texts of the Knative specification say of a Broker, as its own conformance tests check it. */
describe('Knative Broker, earlier specification', () => {
  let mesh: ConformanceMesh;

  beforeAll(async () => {
    mesh = await ConformanceMesh.start('earlier');
  }, 90_000);
  afterAll(() => mesh.stop(), 60_000);

  it('LX-1 LX-3 CloudEvents 0.3 MUST be accepted and SHOULD arrive as 0.3', async () => {
    const { url, subscriber } = await mesh.route();
    expect(await postEvent(url, { 'ce-specversion': '0.3' })).toMatchObject({ code: 202 });
    await eventually(() => subscriber.received.length === 1);
    expect(subscriber.received[0]?.headers['ce-specversion']).toBe('0.3');
  });

  it.each(['application/vnd.apache.thrift.binary', 'application/xml', 'application/json', 'none'])(
    'LX-4 LX-5 LX-8 Binary mode MUST be 2xx, the body never parsed, content type: %s',
    async (contentType) => {
      const { url, subscriber } = await mesh.route();
      const type = { 'content-type': contentType === 'none' ? undefined : contentType };
      const body = Buffer.concat([Buffer.from('not json {'), randomBytes(64)]);
      const answer = await postEvent(url, type, body);
      expect(answer.code).toBe(202);
      await eventually(() => subscriber.received.length === 1);
      expect(subscriber.received[0]?.body.equals(body)).toBe(true);
    },
  );

  it('LX-11 Attributes and data SHOULD arrive identical', async () => {
    const { url, subscriber } = await mesh.route();
    const sent = {
      'ce-id': 'x y "z"',
      'ce-subject': 'caf\u00c3\u00a9 100%25',
      'ce-time': '2026-01-01T00:00:00.123456789Z',
      'ce-dataschema': 'http://example.com/schema',
      'ce-someextension': 'value',
      'content-type': 'text/plain; charset=utf-8',
    };
    await postEvent(url, sent, 'data');
    await eventually(() => subscriber.received.length === 1);
    expect(subscriber.received[0]?.headers).toMatchObject(sent);
  });

  it('LX-17 Trace headers SHOULD be preserved to the subscriber', async () => {
    const { url, subscriber } = await mesh.route();
    const carried = {
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      tracestate: 'vendor=value',
      'x-b3-traceid': '0af7651916cd43dd8448eb211c80319c',
      'x-request-id': 'r-1',
      'knative-anything': 'kept',
    };
    await postEvent(url, { ...carried, authorization: 'Bearer secret' });
    await eventually(() => subscriber.received.length === 1);
    expect(subscriber.received[0]?.headers).toMatchObject(carried);
    expect(subscriber.received[0]?.headers.authorization).toBeUndefined();
  });

  it('LX-17 Trace headers SHOULD be preserved to replies', async () => {
    const { url, broker, subscriber } = await mesh.route({
      trigger: { filter: { attributes: { type: 'question' } } },
    });
    const answers = await mesh.subscriber();
    await mesh.readyTrigger({
      broker,
      filter: { attributes: { type: 'answer' } },
      subscriber: { uri: answers.url },
    });
    const trace = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01' };
    const headers = { ...binaryHeaders({ 'ce-type': 'answer' }), ...trace };
    subscriber.answerWith({ code: 200, headers, body: '{}' });
    await postEvent(url, { 'ce-type': 'question' });
    await eventually(() => answers.received.length === 1);
    expect(answers.received[0]?.headers).toMatchObject(trace);
  });

  it.todo('LX-17 Metrics SHOULD be switchable');
  it.todo('LX-17 Spans SHOULD follow the OpenTelemetry conventions of messaging');
});
