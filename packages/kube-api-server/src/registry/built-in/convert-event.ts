import type { JsonObject } from '../../json/json-value.ts';
import type { KubeObject } from '../../object/kube-object.ts';

/** Names of the fields that differ: core/v1 on the left, events.k8s.io/v1 on the right. */
const names: readonly (readonly [string, string])[] = [
  ['involvedObject', 'regarding'],
  ['message', 'note'],
  ['reportingComponent', 'reportingController'],
  ['source', 'deprecatedSource'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'],
  ['count', 'deprecatedCount'],
];
const toEvents = new Map(names);
const toCore = new Map(names.map(([core, events]) => [events, core] as const));

/** A Kubernetes event of one group in the words of the other. */
export function convertEvent(event: KubeObject, apiVersion: string): KubeObject {
  if (event.apiVersion === apiVersion) return event;
  const renames = apiVersion === 'v1' ? toCore : toEvents;
  const converted: JsonObject = {};
  for (const [field, value] of Object.entries(event))
    converted[renames.get(field) ?? field] = value;
  return { ...converted, apiVersion } as KubeObject;
}
