import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endpointPathsOf, httpSourceKind, type HttpSource } from '@jetmesh/eventing-api';
import { eventually } from '../support/eventually.ts';
import { runJetmesh } from './switch/run-jetmesh.ts';
import { sendLegacyLoad } from './switch/send-legacy-load.ts';
import { eventTypes } from './switch/shop.ts';
import { startShop, type RunningShop } from './switch/start-shop.ts';
import { switchFigures } from './switch/switch-figures.ts';

const application = 'commerce';
const loadPerSecond = 100;
const programs = [
  'http-source-adapter',
  'subscription-bridge',
  'trigger-controller',
  'dispatcher',
  'nats-server',
];
/** How often the command may have to be given again before it says that it is done. */
const maxRuns = 5;

describe('a switch in the middle of which a process is killed', () => {
  let shop: RunningShop;
  let mesh: RunningShop['mesh'];
  let subscriber: RunningShop['subscriber'];
  let firstId = 0;
  let to: 'bus' | 'mesh' = 'bus';

  beforeAll(async () => {
    shop = await startShop(application);
    ({ mesh, subscriber } = shop);
  }, 120_000);

  afterAll(() => shop.stop(), 60_000);

  const legacyPath = async () => {
    const key = `${application}/${application}`;
    const source = await mesh.client.get<HttpSource>(httpSourceKind, key);
    return source === undefined ? undefined : endpointPathsOf(source).legacy;
  };

  const switchTo = () =>
    runJetmesh(['switch', application, '--to', to, '--wait', '20', '--data', mesh.data]);

  /** Kills it once the HTTPSource is patched and, most likely, not yet confirmed. */
  async function switchAndKill(program: string): Promise<void> {
    const first = switchTo();
    await eventually(async () => (await legacyPath()) === to, { timeoutMs: 20_000 });
    await mesh.killAndAwaitRestart(program);
    let { code, output } = await first;
    for (let run = 1; code !== 0 && run < maxRuns; run += 1) ({ code, output } = await switchTo());
    expect({ code, output }).toMatchObject({ code: 0 });
  }

  it.each(programs)(
    'loses nothing and is finished when it is the %s',
    async (program) => {
      to = to === 'bus' ? 'mesh' : 'bus';
      const stop = new AbortController();
      const sending = sendLegacyLoad({
        url: `${mesh.endpoints.adapter}/${application}/v1/events`,
        types: eventTypes,
        ratePerSecond: loadPerSecond,
        firstId,
        signal: stop.signal,
      });
      await switchAndKill(program).finally(() => stop.abort());
      const { accepted, refused } = await sending;
      firstId += accepted.length + refused.length;
      const figures = () => switchFigures(accepted, subscriber.received);
      await eventually(() => figures().lostCount === 0, { timeoutMs: 45_000 }).catch(
        () => undefined,
      );
      const { lostCount } = figures();
      process.stdout.write(
        `${program} killed in a switch to the ${to}: ${accepted.length} events accepted, ` +
          `${refused.length} not (${[...new Set(refused)].slice(0, 3).join('; ')}), lost ${lostCount}\n`,
      );
      expect(accepted.length).toBeGreaterThan(loadPerSecond);
      expect(lostCount).toBe(0);
      expect(await legacyPath()).toBe(to);
    },
    150_000,
  );
});
