import { ageColumn, defineResource, defineVersion } from '../crd/custom-resource-definition.ts';
import { objectOf, openObject, text } from '../crd/json-schema.ts';
import { eventActivationKind } from './event-activation.ts';

const sourcePattern =
  '^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?(\\.[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?)*$';

export const eventActivationDefinition = defineResource({
  kind: eventActivationKind,
  categories: ['all', 'kyma-eventing'],
  shortNames: ['ea'],
  versions: [
    defineVersion({
      name: 'v1alpha1',
      spec: objectOf(
        {
          sourceId: text('The Application that is bound to this Namespace.', {
            maxLength: 253,
            pattern: sourcePattern,
          }),
          displayName: text('Name for a person.'),
        },
        { required: ['sourceId'] },
      ),
      status: openObject('Not used.'),
      columns: [{ name: 'Source', type: 'string', jsonPath: '.spec.sourceId' }, ageColumn],
    }),
  ],
});
