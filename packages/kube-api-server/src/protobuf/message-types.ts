import type { FieldType, MessageType } from './message-type.ts';

const textMap: FieldType = { map: 'text' };
const texts: FieldType = { list: 'text' };

const ownerReference: MessageType = {
  1: ['kind', 'text'],
  3: ['name', 'text'],
  4: ['uid', 'text'],
  5: ['apiVersion', 'text'],
  6: ['controller', 'flag?'],
  7: ['blockOwnerDeletion', 'flag?'],
};

const managedFieldsEntry: MessageType = {
  1: ['manager', 'text'],
  2: ['operation', 'text'],
  3: ['apiVersion', 'text'],
  4: ['time', 'time'],
  6: ['fieldsType', 'text'],
  7: ['fieldsV1', 'json'],
  8: ['subresource', 'text'],
};

const objectMeta: MessageType = {
  1: ['name', 'text'],
  2: ['generateName', 'text'],
  3: ['namespace', 'text'],
  4: ['selfLink', 'text'],
  5: ['uid', 'text'],
  6: ['resourceVersion', 'text'],
  7: ['generation', 'int'],
  8: ['creationTimestamp', 'time'],
  9: ['deletionTimestamp', 'time'],
  10: ['deletionGracePeriodSeconds', 'int?'],
  11: ['labels', textMap],
  12: ['annotations', textMap],
  13: ['ownerReferences', { list: { message: ownerReference } }],
  14: ['finalizers', texts],
  17: ['managedFields', { list: { message: managedFieldsEntry } }],
};

const metadata = ['metadata', { message: objectMeta }] as const;

const objectReference: MessageType = {
  1: ['kind', 'text'],
  2: ['namespace', 'text'],
  3: ['name', 'text'],
  4: ['uid', 'text'],
  5: ['apiVersion', 'text'],
  6: ['resourceVersion', 'text'],
  7: ['fieldPath', 'text'],
};

const condition: MessageType = {
  1: ['type', 'text'],
  2: ['status', 'text'],
  4: ['lastTransitionTime', 'time'],
  5: ['reason', 'text'],
  6: ['message', 'text'],
};

const servicePort: MessageType = {
  1: ['name', 'text'],
  2: ['protocol', 'text'],
  3: ['port', 'int'],
  4: ['targetPort', 'intOrText'],
  5: ['nodePort', 'int'],
  6: ['appProtocol', 'text'],
};

const serviceSpec: MessageType = {
  1: ['ports', { list: { message: servicePort } }],
  2: ['selector', textMap],
  3: ['clusterIP', 'text'],
  4: ['type', 'text'],
  5: ['externalIPs', texts],
  7: ['sessionAffinity', 'text'],
  8: ['loadBalancerIP', 'text'],
  9: ['loadBalancerSourceRanges', texts],
  10: ['externalName', 'text'],
  11: ['externalTrafficPolicy', 'text'],
  12: ['healthCheckNodePort', 'int'],
  13: ['publishNotReadyAddresses', 'flag'],
  17: ['ipFamilyPolicy', 'text'],
  18: ['clusterIPs', texts],
  19: ['ipFamilies', texts],
  20: ['allocateLoadBalancerNodePorts', 'flag?'],
  21: ['loadBalancerClass', 'text'],
  22: ['internalTrafficPolicy', 'text'],
  23: ['trafficDistribution', 'text'],
};

const eventSource: MessageType = { 1: ['component', 'text'], 2: ['host', 'text'] };
const eventSeries: MessageType = { 1: ['count', 'int'], 2: ['lastObservedTime', 'microTime'] };

const event: MessageType = {
  1: metadata,
  2: ['involvedObject', { message: objectReference }],
  3: ['reason', 'text'],
  4: ['message', 'text'],
  5: ['source', { message: eventSource }],
  6: ['firstTimestamp', 'time'],
  7: ['lastTimestamp', 'time'],
  8: ['count', 'int'],
  9: ['type', 'text'],
  10: ['eventTime', 'microTime'],
  11: ['series', { message: eventSeries }],
  12: ['action', 'text'],
  13: ['related', { message: objectReference }],
  14: ['reportingComponent', 'text'],
  15: ['reportingInstance', 'text'],
};

const leaseSpec: MessageType = {
  1: ['holderIdentity', 'text'],
  2: ['leaseDurationSeconds', 'int?'],
  3: ['acquireTime', 'microTime'],
  4: ['renewTime', 'microTime'],
  5: ['leaseTransitions', 'int?'],
  6: ['strategy', 'text'],
  7: ['preferredHolder', 'text'],
};

const deleteOptions: MessageType = {
  1: ['gracePeriodSeconds', 'int?'],
  2: ['preconditions', { message: { 1: ['uid', 'text'], 2: ['resourceVersion', 'text'] } }],
  3: ['orphanDependents', 'flag?'],
  4: ['propagationPolicy', 'text'],
  5: ['dryRun', texts],
};

const resourceAttributes: MessageType = {
  1: ['namespace', 'text'],
  2: ['verb', 'text'],
  3: ['group', 'text'],
  4: ['version', 'text'],
  5: ['resource', 'text'],
  6: ['subresource', 'text'],
  7: ['name', 'text'],
};

const accessReviewSpec: MessageType = {
  1: ['resourceAttributes', { message: resourceAttributes }],
  2: ['nonResourceAttributes', { message: { 1: ['path', 'text'], 2: ['verb', 'text'] } }],
};

const namespaceStatus: MessageType = {
  1: ['phase', 'text'],
  2: ['conditions', { list: { message: condition } }],
};

const serviceAccount: MessageType = {
  1: metadata,
  2: ['secrets', { list: { message: objectReference } }],
  3: ['imagePullSecrets', { list: { message: { 1: ['name', 'text'] } } }],
  4: ['automountServiceAccountToken', 'flag?'],
};

const secret: MessageType = {
  1: metadata,
  2: ['data', { map: 'base64' }],
  3: ['type', 'text'],
  4: ['stringData', textMap],
  5: ['immutable', 'flag?'],
};

const configMap: MessageType = {
  1: metadata,
  2: ['data', textMap],
  3: ['binaryData', { map: 'base64' }],
  4: ['immutable', 'flag?'],
};

function withSpec(spec: MessageType): MessageType {
  return { 1: metadata, 2: ['spec', { message: spec }] };
}

/** The kinds that clients send as protobuf, by `apiVersion/kind`; fields of other numbers are ignored. */
export const messageTypes: ReadonlyMap<string, MessageType> = new Map([
  [
    'v1/Namespace',
    { ...withSpec({ 1: ['finalizers', texts] }), 3: ['status', { message: namespaceStatus }] },
  ],
  ['v1/ConfigMap', configMap],
  ['v1/Secret', secret],
  ['v1/ServiceAccount', serviceAccount],
  ['v1/Service', withSpec(serviceSpec)],
  ['v1/Event', event],
  ['v1/DeleteOptions', deleteOptions],
  ['coordination.k8s.io/v1/Lease', withSpec(leaseSpec)],
  ['authorization.k8s.io/v1/SelfSubjectAccessReview', withSpec(accessReviewSpec)],
  ['authorization.k8s.io/v1/SelfSubjectRulesReview', withSpec({ 1: ['namespace', 'text'] })],
  ['authentication.k8s.io/v1/SelfSubjectReview', { 1: metadata }],
]);
