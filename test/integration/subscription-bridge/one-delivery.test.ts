import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compileFilters } from '@jetmesh/event-filter';
import {
  exactSubject,
  legacyExactSubject,
  standardSubject,
  type Trigger,
} from '@jetmesh/eventing-api';
import { BridgeFixture } from './bridge-fixture.ts';

const sink = 'http://receiver.shop.svc.cluster.local';
const prefixed = 'sap.kyma.custom.commerce.order.created.v1';

let bridge: BridgeFixture;

beforeAll(async () => {
  bridge = await BridgeFixture.start();
  await bridge.startBridge();
  await bridge.bind('commerce', 'shop');
  await bridge.createSubscription('shop/standard', {
    sink,
    source: 'commerce',
    types: ['order.created.v1', 'order.created', 'order.paid.v1'],
  });
  await bridge.createSubscription('shop/exact', {
    sink,
    source: '',
    types: [prefixed, 'order.created.v1'],
    typeMatching: 'exact',
  });
  await bridge.createSubscription('shop/old', {
    endpoint: 'http://receiver.shop',
    event_type: 'order.created',
    event_type_version: 'v1',
    source_id: 'commerce',
  });
  await bridge.untilTriggers('shop', 'standard', 3);
  await bridge.untilTriggers('shop', 'exact', 2);
  await bridge.untilTriggers('shop', 'old', 1);
}, 30_000);
afterAll(() => bridge.stop());

type Attributes = Record<string, string | undefined>;

/** As the adapter forwards a legacy event. */
function legacy(type: string, version: string): Attributes {
  return {
    source: 'commerce',
    type,
    eventtypeversion: version,
    kymasubject: standardSubject('commerce', `${type}.${version}`),
    kymaexactsubject: legacyExactSubject('commerce', type, version),
  };
}

/** As the adapter forwards a CloudEvent. */
function forwarded(type: string, more: Attributes = {}): Attributes {
  return type.startsWith('sap.kyma.custom.')
    ? { source: 'commerce', type, kymaexactsubject: exactSubject(type), ...more }
    : { source: 'commerce', type, kymasubject: standardSubject('commerce', type), ...more };
}

function direct(type: string, more: Attributes = {}): Attributes {
  return { source: 'commerce', type, ...more };
}

async function deliveriesOf(namespace: string, event: Attributes): Promise<Record<string, number>> {
  const attributes = new Map(
    Object.entries(event).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const counts: Record<string, number> = { standard: 0, exact: 0, old: 0 };
  for (const trigger of await bridge.triggersIn(namespace)) {
    const name = trigger.metadata.labels?.['jetmesh.dev/subscription-name'] ?? '';
    if (matches(trigger, attributes)) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function matches({ spec }: Trigger, attributes: ReadonlyMap<string, string>): boolean {
  const compiled = compileFilters(spec);
  if (compiled.kind === 'invalid') throw new Error(JSON.stringify(compiled.problems));
  return compiled.filter.matches(attributes);
}

describe('one event', () => {
  it.each<[string, Attributes, { standard: number; exact: number; old: number }]>([
    ['a legacy event', legacy('order.created', 'v1'), { standard: 1, exact: 1, old: 1 }],
    ['another legacy event', legacy('order.paid', 'v1'), { standard: 1, exact: 0, old: 0 }],
    [
      'a CloudEvent whose type has the version',
      forwarded('order.created.v1'),
      { standard: 1, exact: 0, old: 0 },
    ],
    [
      'a CloudEvent whose version is an attribute',
      forwarded('order.created', { eventtypeversion: 'v1' }),
      { standard: 1, exact: 0, old: 1 },
    ],
    ['a CloudEvent with Kyma’s prefix', forwarded(prefixed), { standard: 0, exact: 1, old: 0 }],
  ])('that is %s is delivered at most once to a Subscription, on either path', async (...row) => {
    const [, event, expected] = row;
    expect(await deliveriesOf('kyma-system', event)).toEqual(expected);
    expect(await deliveriesOf('shop', event)).toEqual(expected);
  });

  it.each<[string, Attributes, { standard: number; exact: number; old: number }]>([
    ['its whole type', direct('order.created.v1'), { standard: 1, exact: 1, old: 0 }],
    [
      'its version as an attribute',
      direct('order.paid', { eventtypeversion: 'v1' }),
      { standard: 1, exact: 0, old: 0 },
    ],
    [
      'a type that is another one without its version',
      direct('order.created', { eventtypeversion: 'v1' }),
      { standard: 1, exact: 0, old: 1 },
    ],
    [
      'its whole type and its version',
      direct('order.created.v1', { eventtypeversion: 'v1' }),
      { standard: 1, exact: 1, old: 0 },
    ],
    ['Kyma’s prefix', direct(prefixed, { source: 'x' }), { standard: 0, exact: 1, old: 0 }],
    [
      'another source',
      direct('order.created.v1', { source: 'x' }),
      { standard: 0, exact: 1, old: 0 },
    ],
  ])(
    'that came straight to the Broker with %s is judged by its plain attributes',
    async (...row) => {
      const [, event, expected] = row;
      expect(await deliveriesOf('shop', event)).toEqual(expected);
    },
  );
});
