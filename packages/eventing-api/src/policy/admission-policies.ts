import { brokerClassAnnotation, brokerKind } from '../broker/broker.ts';
import { triggerKind } from '../trigger/trigger.ts';
import { definePolicy, type BoundPolicy } from './admission-policy.ts';

const classOf = (object: string) =>
  `${object}.metadata.?annotations[?'${brokerClassAnnotation}'].orValue('')`;

/** Rules of a definition see no annotation. An absent class may be set once: by its author, or by the controller. */
const brokerClassPolicy = definePolicy({
  name: 'broker-class.jetmesh.dev',
  resources: [brokerKind],
  operations: ['UPDATE'],
  variables: { before: classOf('oldObject'), after: classOf('object') },
  validation: {
    expression: "variables.before == '' || variables.after == variables.before",
    message: 'Immutable annotations changed (-old +new): annotations',
  },
});

/** Of the policy below and its binding. */
export const brokerReferencePolicyName = 'trigger-broker-ref.jetmesh.dev';

/** Asked when the reference is made or changed, so that later writes of others need no permission on that Broker. */
const brokerReferencePolicy = definePolicy({
  name: brokerReferencePolicyName,
  resources: [triggerKind],
  operations: ['CREATE', 'UPDATE'],
  variables: {
    brokerNamespace: "object.spec.?brokerRef[?'namespace'].orValue(request.namespace)",
    brokerName: "object.spec.?brokerRef.?name.orValue('')",
    isUnchanged:
      'oldObject != null && oldObject.spec.?brokerRef.orValue({}) == object.spec.?brokerRef.orValue({})',
  },
  validation: {
    expression: `variables.brokerNamespace == request.namespace || variables.isUnchanged || authorizer.group('${brokerKind.group}').resource('${brokerKind.plural}').namespace(variables.brokerNamespace).name(variables.brokerName).check('knsubscribe').allowed()`,
    messageExpression:
      "'user ' + request.userInfo.username + ' is not authorized to get target resource in namespace: ' + variables.brokerNamespace",
    reason: 'Forbidden',
  },
});

/** Every policy that Jetmesh's kinds need beside their schemas; `manifests/policies/` is generated from this list. */
export const admissionPolicies: readonly BoundPolicy[] = [brokerClassPolicy, brokerReferencePolicy];
