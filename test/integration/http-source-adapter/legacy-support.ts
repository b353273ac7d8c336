import { triggerKind, type Trigger } from '@jetmesh/eventing-api';
import { eventually } from '../../support/eventually.ts';
import { legacyEvent, startCommerceFixture, type AdapterFixture } from './adapter-fixture.ts';

/** The usual world, and the Application `onmesh` whose legacy events go to the mesh. */
export async function startLegacyFixture(): Promise<LegacyFixture> {
  const adapter = await startCommerceFixture();
  await adapter.addApplication('onmesh', { endpoints: { legacy: 'mesh' } });
  await adapter.bind('onmesh', 'shop');
  const send = sender(adapter);
  await eventually(async () => (await send('/onmesh/v1/events', legacyEvent)).code === 200);
  return { ...adapter, send };
}

export interface LegacyFixture extends AdapterFixture {
  readonly send: ReturnType<typeof sender>;
}

export const legacyEventV2 = {
  id: legacyEvent['event-id'],
  source: 'ignored',
  specversion: '0.3',
  type: 'order.created',
  eventtypeversion: 'v1',
  time: '2020-01-01T10:00:00Z',
  data: { orderCode: '42' },
};

export function violation(message: string, field: string, type: string, more: object = {}) {
  const details = [{ field, type, message, ...more }];
  return { status: 400, type: 'validation_violation', message, details };
}

export function badPayload(moreInfo: unknown) {
  return { status: 400, type: 'bad_payload_syntax', message: 'Bad payload syntax', moreInfo };
}

/** A Trigger of the bus that has its consumer. */
export async function addBusTrigger(
  adapter: AdapterFixture,
  name: string,
  attributes: Record<string, string>,
): Promise<void> {
  const trigger: Trigger = {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { namespace: 'kyma-system', name },
    spec: { broker: 'event-bus', filter: { attributes }, subscriber: { uri: 'http://x' } },
  };
  await adapter.create(triggerKind, trigger);
  const status = { annotations: { 'jetmesh.dev/consumer': name } };
  const key = `kyma-system/${name}`;
  await adapter.client.mergePatch(triggerKind, key, { status }, { subresource: 'status' });
}

const json = { 'content-type': 'application/json' };

function sender(adapter: AdapterFixture) {
  return async (to: string, body: object | string, sent: Record<string, string> = json) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const { code, headers, body: answer } = await adapter.post(to, sent, text);
    return { code, headers, body: JSON.parse(answer) as unknown };
  };
}
