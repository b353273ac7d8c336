import type { Resource } from '../resource.ts';
import {
  configMapResource,
  endpointSliceResource,
  leaseResource,
  namespaceResource,
  podResource,
  secretResource,
  serviceAccountResource,
} from './core-resources.ts';
import { definitionResource } from '../../definitions/definition-resource.ts';
import { coreEventResource, eventsResource } from './event-resources.ts';
import { admissionPolicyBindingResource, admissionPolicyResource } from './policy-resources.ts';
import { serviceResource } from './service-resource.ts';

export const builtInResources: readonly Resource[] = [
  configMapResource,
  coreEventResource,
  namespaceResource,
  podResource,
  secretResource,
  serviceAccountResource,
  serviceResource,
  eventsResource,
  admissionPolicyResource,
  admissionPolicyBindingResource,
  definitionResource,
  leaseResource,
  endpointSliceResource,
];
