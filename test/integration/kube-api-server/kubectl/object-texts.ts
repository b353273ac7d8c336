import { stringify } from 'yaml';
import { aWidget, widgetDefinition } from '../widget-definition.ts';

const shop = { namespace: 'shop' };

export const definitionText = stringify(widgetDefinition);
export const widgetText = stringify(
  aWidget('one', { replicas: 2 }, { ...shop, labels: { app: 'a' } }),
);
export const changedWidgetText = stringify(
  aWidget('one', { replicas: 3 }, { ...shop, labels: { app: 'a' } }),
);
export const misspeltWidgetText = stringify(aWidget('typo', { replcas: 2 }, shop));
export const invalidWidgetText = stringify(aWidget('bad', { colour: 'pink' }, shop));
export const mistypedWidgetText = stringify(aWidget('bad', { replicas: 'two' }, shop));
export const generatedWidgetText = stringify(aWidget('', {}, { ...shop, generateName: 'made-' }));
export const heldWidgetText = stringify(
  aWidget('held', {}, { ...shop, finalizers: ['example.com/hold'] }),
);
export const bareWidgetText = stringify(aWidget('bare', {}, shop));
export const kubernetesEventText = stringify({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: 'one.1', ...shop },
  involvedObject: { apiVersion: 'example.com/v1', kind: 'Widget', name: 'one', ...shop },
  reason: 'Tested',
  message: 'seen by a test',
  type: 'Normal',
  count: 2,
  firstTimestamp: '2026-01-01T00:00:00Z',
  lastTimestamp: '2026-01-01T00:00:00Z',
});
export const policyText = stringify({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name: 'kept' },
  spec: { validations: [{ expression: 'true' }] },
});
