import type { EventPath } from '@jetmesh/eventing-api';

/** One send of the demo, and which subscribers must receive it once each. */
export interface DemoSend {
  readonly title: string;
  readonly path: EventPath;
  readonly endpoint: '/commerce/events' | '/commerce/v1/events';
  readonly type: string;
  readonly subscribers: readonly string[];
}

/** What the demo shows before the switch. */
export const sendsBeforeSwitch: readonly DemoSend[] = [
  {
    title: 'a CloudEvent that the Trigger shipped-orders selects',
    path: 'mesh',
    endpoint: '/commerce/events',
    type: 'order.shipped',
    subscribers: ['trigger'],
  },
  {
    title: 'a CloudEvent that no Trigger selects',
    path: 'mesh',
    endpoint: '/commerce/events',
    type: 'order.viewed',
    subscribers: [],
  },
  {
    title: 'a legacy event, for both Subscriptions on the event bus',
    path: 'bus',
    endpoint: '/commerce/v1/events',
    type: 'order.created',
    subscribers: ['old-subscription', 'subscription'],
  },
];

/** The same legacy event once the Application's legacy endpoint is on the mesh. */
export const sendsAfterSwitch: readonly DemoSend[] = [
  {
    title: 'the same legacy event, now through Triggers of the mesh',
    path: 'mesh',
    endpoint: '/commerce/v1/events',
    type: 'order.created',
    subscribers: ['old-subscription', 'subscription'],
  },
];
