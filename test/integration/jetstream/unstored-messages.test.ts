import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectJetStream, UnstoredMessages, type JetStreamConnection } from '@jetmesh/jetstream';
import { eventually } from '../../support/eventually.ts';
import { startNatsServer, type NatsServer } from '../../support/nats-server.ts';

let nats: NatsServer;
let connections: JetStreamConnection[];

beforeAll(async () => {
  nats = await startNatsServer();
  const connect = (name: string) => connectJetStream({ servers: [nats.url], name });
  connections = await Promise.all(['a', 'b', 'c'].map(connect));
});
afterAll(async () => {
  for (const connection of connections) await connection.close();
  await nats.stop();
});

const ends = () => connections.map((connection) => new UnstoredMessages(connection));

describe('UnstoredMessages', () => {
  it('reach one of a group, and nobody who listens elsewhere', async () => {
    const [sender, one, other] = ends();
    const received: string[][] = [[], [], []];
    const stops = [
      one!.listen('s.*', ({ subject, text }) => received[0]!.push(`${subject} ${text}`), {
        group: 'g',
      }),
      other!.listen('s.*', ({ subject, text }) => received[1]!.push(`${subject} ${text}`), {
        group: 'g',
      }),
      other!.listen('t', ({ text }) => received[2]!.push(text)),
    ];
    await eventually(() => {
      sender!.publish('s.x', 'ü');
      return received[0]!.length > 2 && received[1]!.length > 2;
    });
    expect(new Set([...received[0]!, ...received[1]!])).toEqual(new Set(['s.x ü']));
    expect(received[2]).toEqual([]);
    for (const stop of stops) stop();
  });

  it('collect the answers of all who are asked', async () => {
    const [asker, one, other] = ends();
    const stops = [one!, other!].map((end, index) =>
      end.listen('q', ({ text, respond }) => respond(`${text} ${index}`)),
    );
    await eventually(async () => (await asker!.ask('q', 'you', 100)).length === 2);
    expect((await asker!.ask('q', 'you', 200)).sort()).toEqual(['you 0', 'you 1']);
    for (const stop of stops) stop();
  });

  it('get no answer where nobody listens', async () => {
    const [asker] = ends();
    expect(await asker!.ask('nobody', '', 100)).toEqual([]);
  });
});
