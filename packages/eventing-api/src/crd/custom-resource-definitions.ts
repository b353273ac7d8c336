import { brokerDefinition } from '../broker/broker-schema.ts';
import { eventActivationDefinition } from '../event-activation/event-activation-schema.ts';
import { eventTypeDefinition } from '../event-type/event-type-schema.ts';
import { httpSourceDefinition } from '../http-source/http-source-schema.ts';
import { subscriptionDefinition } from '../subscription/subscription-schema.ts';
import { triggerDefinition } from '../trigger/trigger-schema.ts';
import type { CustomResourceDefinition } from './custom-resource-definition.ts';

/** Every kind that Jetmesh defines; `manifests/crds/` is generated from this list. */
export const customResourceDefinitions: readonly CustomResourceDefinition[] = [
  brokerDefinition,
  triggerDefinition,
  eventTypeDefinition,
  httpSourceDefinition,
  eventActivationDefinition,
  subscriptionDefinition,
];
