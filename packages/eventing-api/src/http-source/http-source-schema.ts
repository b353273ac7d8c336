import { conditionsSchema, observedGenerationSchema } from '../conditions/conditions-schema.ts';
import {
  ageColumn,
  defineResource,
  defineVersion,
  readyColumns,
} from '../crd/custom-resource-definition.ts';
import { listOf, objectOf, text, textMap } from '../crd/json-schema.ts';
import { httpSourceKind } from './http-source.ts';

const path = (endpoint: string) =>
  text(`Where new events of ${endpoint} go.`, { enum: ['bus', 'mesh'] });

const names = (description: string) => listOf(text(), { description });
const endpointStatus = objectOf({
  path: text('bus or mesh.'),
  ready: names('What gets these events.'),
  pending: names('What is not ready yet.'),
  missing: names('What does not get these events, and why.'),
  ifSwitched: objectOf(
    {
      path: text('The other one.'),
      pending: names('What would not be ready yet.'),
      missing: names('What would get none of these events, and why.'),
    },
    { description: 'What a switch would find.' },
  ),
});

export const httpSourceDefinition = defineResource({
  kind: httpSourceKind,
  categories: ['all', 'knative', 'eventing', 'sources', 'kyma-eventing'],
  versions: [
    defineVersion({
      name: 'v1alpha1',
      spec: objectOf(
        {
          source: text(
            'Name of the Application: its part of a path and the source of its events.',
            {
              minLength: 1,
              maxLength: 253,
            },
          ),
          endpoints: objectOf(
            {
              legacy: path('/v1/events and /v2/events'),
              events: path('/events'),
              publish: path('/publish'),
              shadow: text(
                'mesh: the Triggers of the mesh also judge events of the bus; none delivers.',
                {
                  enum: ['mesh'],
                },
              ),
            },
            { description: 'The switch between bus and mesh; bus, mesh, bus when absent.' },
          ),
        },
        { required: ['source'] },
      ),
      status: objectOf({
        observedGeneration: observedGenerationSchema,
        conditions: conditionsSchema,
        SinkURI: text('Address that events of /events are forwarded to, in Kyma’s spelling.'),
        sinkURI: text('The same.'),
        endpoints: objectOf({
          legacy: endpointStatus,
          events: endpointStatus,
          publish: endpointStatus,
        }),
        annotations: textMap(),
      }),
      columns: [
        { name: 'Source', type: 'string', jsonPath: '.spec.source' },
        { name: 'Legacy', type: 'string', jsonPath: '.spec.endpoints.legacy' },
        { name: 'Sink', type: 'string', jsonPath: '.status.sinkURI', priority: 1 },
        ageColumn,
        ...readyColumns,
      ],
    }),
  ],
});
