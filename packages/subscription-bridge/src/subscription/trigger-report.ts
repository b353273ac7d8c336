import { conditionOf, isReady, jetmeshAnnotations, type Trigger } from '@jetmesh/eventing-api';

/** What became of one filter of a Subscription. */
export interface DeliveryReport {
  readonly types: readonly { readonly originalType: string; readonly cleanType: string }[];
  /** On the bus, once the Trigger has one. */
  readonly consumerName: string | undefined;
  readonly problems: readonly string[];
  /** Worth knowing, but no reason not to be ready. */
  readonly remarks: readonly string[];
  /** Keys of Triggers of users that serve this filter. */
  readonly usedTriggers: readonly string[];
}

/** One Trigger that serves a filter: made by the bridge, or a user's that does the same already. */
export interface ServingTrigger {
  /** Undefined: not made yet. */
  readonly trigger: Trigger | undefined;
  readonly key: string;
  readonly isUsers: boolean;
}

export interface DeliveryServing {
  readonly subject: string;
  readonly types: DeliveryReport['types'];
  readonly bus: ServingTrigger;
  readonly mesh: ServingTrigger;
  /** Where the Subscription is: without a Broker `default` there is no mesh for it yet. */
  readonly namespace: string;
  readonly hasDefaultBroker: boolean;
}

/** Without a default Broker the bus alone decides, and the mesh is a remark. */
export function deliveryReport(serving: DeliveryServing): DeliveryReport {
  const { bus, mesh, namespace, hasDefaultBroker } = serving;
  const meshProblem = problemOf(mesh);
  const noMesh = `No Broker "default" in Namespace "${namespace}": nothing arrives from the mesh.`;
  const consumerName = bus.trigger?.status?.annotations?.[jetmeshAnnotations.consumer];
  return {
    types: serving.types,
    consumerName,
    problems: [problemOf(bus), hasDefaultBroker ? meshProblem : undefined].filter(isText),
    remarks: [
      collisionRemark(serving),
      hasDefaultBroker ? undefined : noMesh,
      userRemark(bus),
      userRemark(mesh),
    ].filter(isText),
    usedTriggers: [bus, mesh].filter(({ isUsers }) => isUsers).map(({ key }) => key),
  };
}

function problemOf({ trigger, key }: ServingTrigger): string | undefined {
  if (trigger === undefined) return `Trigger ${key} does not exist yet.`;
  if (isReady(trigger)) return undefined;
  const ready = conditionOf(trigger, 'Ready');
  const isCurrent = trigger.status?.observedGeneration === trigger.metadata.generation;
  if (ready === undefined || !isCurrent) return `Trigger ${key} has not yet been reconciled.`;
  const detail = [ready.reason, ready.message].filter(isText).join(': ');
  return `Trigger ${key} is not ready: ${detail}`;
}

/** Cleaning drops characters, so that several types can mean the same events. */
function collisionRemark({ types, subject }: DeliveryServing): string | undefined {
  if (types.length < 2) return undefined;
  const names = types.map(({ originalType }) => JSON.stringify(originalType)).join(', ');
  return `Types ${names} have one subject, ${subject}: an event of any of them is delivered once.`;
}

function userRemark({ isUsers, key }: ServingTrigger): string | undefined {
  return isUsers ? `Trigger ${key} delivers the same already and is used as it is.` : undefined;
}

function isText(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}
