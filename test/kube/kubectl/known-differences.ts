/** A command whose outcome differs between the servers on purpose. */
export interface KnownDifference {
  readonly line: string;
  readonly reason: string;
  /** What differs, on either side; without it the outcomes are equal. Everything differs when absent. */
  readonly differing?: RegExp;
}

const fewKinds = 'Only the kinds that Jetmesh and kubectl need are served.';
const noAuthorisation = 'There is one user, who may do everything.';
const noKubelet = 'Nothing runs Pods here, so they get few of the defaults that a kubelet reads.';
const noTokens = 'Nobody could use a token of a ServiceAccount here: there is one user.';

/** Listed in the README of packages/kube-api-server too. One that no longer occurs fails its test. */
export const knownDifferences: readonly KnownDifference[] = [
  { line: 'api-versions', reason: fewKinds },
  { line: 'api-resources', reason: fewKinds },
  { line: 'api-resources --api-group=', reason: fewKinds },
  { line: 'get deployments -n shop', reason: fewKinds },
  { line: 'get nodes', reason: fewKinds },
  { line: 'create deployment web --image=web -n shop --dry-run=server', reason: fewKinds },
  {
    line: 'create role reader --verb=get --resource=triggers.eventing.knative.dev -n shop',
    reason: fewKinds,
  },
  {
    line: 'describe ns shop',
    reason: fewKinds,
    differing: /\n*No resource quota\.\n\nNo LimitRange resource\.\n|\n$/,
  },
  { line: 'get pod web -n shop -o yaml', reason: noKubelet },
  { line: 'describe pod web -n shop', reason: noKubelet },
  {
    line: 'auth can-i create triggers -n shop --as=system:serviceaccount:shop:robot',
    reason: noAuthorisation,
  },
  { line: 'auth can-i --list -n shop', reason: noAuthorisation },
  { line: 'auth whoami', reason: noAuthorisation },
  { line: 'create token robot -n shop', reason: noTokens },
];
