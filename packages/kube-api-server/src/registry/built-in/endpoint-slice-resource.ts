import { listOr, objectOr, shown, textOr } from '../../json/json-value.ts';
import {
  flag,
  int32,
  listOf,
  objectReference,
  record,
  setOf,
  text,
  textMap,
} from '../../schema/schema-terms.ts';
import { anything } from '../../schema/structural-schema.ts';
import { builtInResource } from './built-in-resource.ts';
import { column } from './columns.ts';
import { validateEndpointSlice } from './validate-endpoint-slice.ts';

export const endpointSliceResource = builtInResource({
  group: 'discovery.k8s.io',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  schema: record(
    {
      addressType: text,
      endpoints: listOf(
        record({
          addresses: setOf(text),
          conditions: record({ ready: flag, serving: flag, terminating: flag }),
          hostname: text,
          nodeName: text,
          zone: text,
          targetRef: objectReference,
          deprecatedTopology: textMap,
          hints: anything,
        }),
      ),
      ports: listOf(record({ name: text, port: int32, protocol: text, appProtocol: text })),
    },
    { required: ['addressType', 'endpoints'] },
  ),
  columns: [
    column('AddressType', (object) => textOr(object.addressType, '')),
    column('Ports', (object) =>
      unsetWhenEmpty(listOr(object.ports).map((port) => shown(objectOr(port).port))),
    ),
    column('Endpoints', (object) =>
      unsetWhenEmpty(
        listOr(object.endpoints).flatMap((endpoint) =>
          listOr(objectOr(endpoint).addresses).map(String),
        ),
      ),
    ),
  ],
  strategy: { hasGeneration: true, validate: validateEndpointSlice },
});

function unsetWhenEmpty(texts: string[]): string {
  return texts.length === 0 ? '<unset>' : texts.join(',');
}
