import type { Resource } from '../resource.ts';
import { configMapResource } from './config-map-resource.ts';
import { endpointSliceResource } from './endpoint-slice-resource.ts';
import { leaseResource } from './lease-resource.ts';
import { namespaceResource } from './namespace-resource.ts';
import { podResource } from './pod-resource.ts';
import { secretResource } from './secret-resource.ts';
import { serviceAccountResource } from './service-account-resource.ts';
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
