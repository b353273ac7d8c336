import { admissionPolicyBindingKind, brokerReferencePolicyName } from '@jetmesh/eventing-api';
import type { KubeClient } from '@jetmesh/kube-controller';
import type { TriggerControllerConfig } from './config.ts';

/** CROSS_NAMESPACE_EVENT_LINKS without the policy that asks who may follow a Broker would open every Broker to everybody. */
export class LinkPolicyMissingError extends Error {
  override readonly name = 'LinkPolicyMissingError';
  readonly code = 'link_policy_missing';

  constructor() {
    super(
      `CROSS_NAMESPACE_EVENT_LINKS needs the ValidatingAdmissionPolicyBinding "${brokerReferencePolicyName}" (manifests/policies), which is not there`,
    );
  }
}

/** The start ends here, with nothing left open, when Triggers may name foreign Brokers and nobody guards that. */
export async function requireLinkPolicy(
  client: Pick<KubeClient, 'get' | 'close'>,
  { allowsCrossNamespaceLinks }: TriggerControllerConfig,
): Promise<void> {
  if (!allowsCrossNamespaceLinks) return;
  try {
    const binding = await client.get(admissionPolicyBindingKind, brokerReferencePolicyName);
    if (binding === undefined) throw new LinkPolicyMissingError();
  } catch (error) {
    await client.close();
    throw error;
  }
}
