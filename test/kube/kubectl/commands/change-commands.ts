import type { KubectlCommand } from './kubectl-command.ts';

const status = JSON.stringify({
  status: {
    observedGeneration: 1,
    subscriberUri: 'http://orders.example.com',
    conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' }],
  },
});

export const changeCommands: readonly KubectlCommand[] = [
  {
    line: 'patch trigger orders -n shop --type=merge -p {"spec":{"subscriber":{"uri":"http://a"}}}',
  },
  {
    line: 'patch trigger orders -n shop --type=merge -p {"spec":{"delivery":{"retry":2}}} -o yaml',
  },
  { line: 'patch trigger orders -n shop --type=merge -p {"spec":{"delivery":null}}' },
  { line: 'patch trigger orders -n shop --type=merge -p {}' },
  { line: 'patch trigger orders -n shop -p {"spec":{"delivery":{"retry":1}}}', exitCode: 1 },
  {
    line: 'patch trigger orders -n shop --type=json -p [{"op":"replace","path":"/spec/subscriber/uri","value":"http://b"}]',
  },
  {
    line: 'patch trigger orders -n shop --type=json -p [{"op":"test","path":"/spec/broker","value":"other"}]',
    exitCode: 1,
  },
  {
    line: 'patch trigger orders -n shop --type=json -p [{"op":"remove","path":"/spec/nonsense"}]',
    exitCode: 1,
  },
  { line: 'patch trigger orders -n shop --type=json -p {"op":"remove"}', exitCode: 1 },
  { line: 'patch trigger orders -n shop --type=merge -p {"spec":{"broker":"other"}}', exitCode: 1 },
  { line: 'patch trigger orders -n shop --type=merge -p {"spec":{"nonsense":1}}' },
  {
    line: 'patch trigger orders -n shop --type=merge -p {"spec":{"delivery":{"retry":9}}} --dry-run=server -o yaml',
  },
  { line: 'patch configmap settings -n shop -p {"data":{"size":"large"}}' },
  { line: 'patch configmap settings -n shop --type=merge -p {"data":{"size":null}} -o yaml' },
  { line: 'patch service subscriber -n shop -p {"spec":{"ports":[{"port":80,"name":"http"}]}}' },
  { line: 'get service subscriber -n shop -o jsonpath={.spec.ports}' },
  { line: 'patch trigger nonsense -n shop --type=merge -p {}', exitCode: 1 },
  { line: `patch trigger orders -n shop --subresource=status --type=merge -p '${status}'` },
  { line: 'get trigger orders -n shop --subresource=status -o yaml' },
  { line: 'get triggers -n shop -o wide --sort-by=.metadata.name' },
  { line: 'patch trigger orders -n shop --type=merge -p {"status":{"subscriberUri":"http://no"}}' },
  { line: 'edit configmap kustomized -n shop' },
  { line: 'edit configmap kustomized -n shop --output-patch' },
  { line: 'annotate trigger orders -n shop note=edit-me' },
  { line: 'edit trigger orders -n shop' },
  { line: 'edit trigger orders -n shop --output-patch' },
  { line: 'annotate trigger/orders -n shop note-' },
  { line: 'label trigger orders -n shop tier=one' },
  { line: 'label trigger orders -n shop tier=two', exitCode: 1 },
  { line: 'label trigger orders -n shop tier=two --overwrite' },
  { line: 'label trigger orders -n shop tier=two --overwrite --dry-run=server' },
  { line: 'label trigger orders -n shop tier-' },
  { line: 'label triggers -n shop --all mesh=yes' },
  { line: 'label triggers -n shop -l app=orders mesh=no --overwrite' },
  { line: 'label trigger orders -n shop bad=not/valid', exitCode: 1 },
  { line: 'label configmap settings -n shop size=small' },
  { line: 'label --list configmap settings -n shop' },
  { line: 'annotate trigger orders -n shop note=first' },
  { line: 'annotate trigger orders -n shop note=second --overwrite=false', exitCode: 1 },
  { line: "annotate trigger orders -n shop 'note=with blanks' --overwrite" },
  { line: 'annotate trigger orders -n shop note-' },
  { line: 'label ns shop knative-eventing-injection=enabled' },
  { line: 'replace -f trigger-replacement.yaml' },
  { line: 'replace -f trigger-stale.yaml', exitCode: 1 },
  { line: 'replace --force -f trigger-replacement.yaml' },
  { line: 'scale trigger orders -n shop --replicas=2', exitCode: 1 },
  { line: 'set env trigger/orders -n shop A=b', exitCode: 1 },
];
