import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { conditionOf, type Condition } from '@jetmesh/eventing-api';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { freePort } from '../../support/free-port.ts';
import { eventually } from '../../support/eventually.ts';
import { ControllerMesh } from './controller-mesh.ts';

let mesh: ControllerMesh;
let ingress: PlayedProgram;
let dispatcher: PlayedProgram;

/** Answers on a port as an ingress or dispatcher would, while it runs. */
class PlayedProgram {
  readonly url: string;
  code = 200;
  readonly #port: number;
  #server: Server | undefined;

  constructor(port: number) {
    this.#port = port;
    this.url = `http://127.0.0.1:${port}/readyz`;
  }

  async start(): Promise<void> {
    this.#server = createServer((_request, response) => {
      response.writeHead(this.code).end();
    });
    await once(this.#server.listen(this.#port, '127.0.0.1'), 'listening');
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }
}

beforeAll(async () => {
  mesh = await ControllerMesh.start();
  ingress = new PlayedProgram(await freePort());
  dispatcher = new PlayedProgram(await freePort());
  await mesh.startController({
    INGRESS_PROBE_URL: ingress.url,
    DISPATCHER_PROBE_URL: dispatcher.url,
  });
}, 30_000);
afterAll(async () => {
  await Promise.all([ingress.stop(), dispatcher.stop()]);
  await mesh.stop();
});

function untilCondition(type: string, expected: Partial<Condition>): Promise<void> {
  return eventually(
    async () => {
      expect(conditionOf(await mesh.broker('default'), type)).toMatchObject(expected);
      return true;
    },
    { timeoutMs: 20_000 },
  ).then(() => undefined);
}

describe('a Broker', () => {
  it('is not Ready before an ingress and a dispatcher have been seen', async () => {
    await mesh.createBroker('default');
    await untilCondition('Ready', { status: 'Unknown', reason: 'IngressNotSeen' });
    await ingress.start();
    await untilCondition('IngressReady', { status: 'True' });
    await untilCondition('FilterReady', {
      status: expect.stringMatching(/Unknown|False/) as unknown as 'False',
      reason: expect.stringMatching(/Dispatcher(NotSeen|Unavailable)/) as unknown as string,
    });
    await dispatcher.start();
    await mesh.readyBroker('default');
  }, 30_000);

  it('stays Ready through a short absence, and says which program stays away', async () => {
    const { metadata } = await mesh.broker('default');
    await ingress.stop();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await ingress.start();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect((await mesh.broker('default')).metadata.resourceVersion).toBe(metadata.resourceVersion);

    dispatcher.code = 503;
    await untilCondition('Ready', {
      status: 'False',
      reason: 'DispatcherUnavailable',
      message: `${dispatcher.url} answers 503`,
    });
    dispatcher.code = 200;
    await ingress.stop();
    await untilCondition('Ready', {
      status: 'False',
      reason: 'IngressUnavailable',
      message: `${ingress.url} does not answer: ECONNREFUSED`,
    });
    await ingress.start();
    await mesh.readyBroker('default');
  }, 60_000);

  it('that nobody is told to probe for says so', async () => {
    const other = await ControllerMesh.start();
    try {
      await other.startController();
      await other.createBroker('default');
      expect(conditionOf(await other.readyBroker('default'), 'IngressReady')).toMatchObject({
        status: 'True',
        reason: 'NotProbed',
        message: 'No URL to probe is configured.',
      });
    } finally {
      await other.stop();
    }
  }, 30_000);
});
