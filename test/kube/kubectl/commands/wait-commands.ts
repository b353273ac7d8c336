import type { KubectlCommand } from './kubectl-command.ts';

const ready = JSON.stringify({
  status: {
    subscriberUri: 'http://replaced.example.com',
    conditions: [
      {
        type: 'Ready',
        status: 'True',
        reason: 'Tested',
        lastTransitionTime: '2026-01-01T00:00:00Z',
      },
    ],
  },
});

export const waitCommands: readonly KubectlCommand[] = [
  { line: 'wait --for=condition=Ready trigger/orders -n shop --timeout=1s', exitCode: 1 },
  {
    line: 'wait --for=condition=Ready trigger/orders -n shop --timeout=20s',
    meanwhile: `patch trigger orders -n shop --subresource=status --type=merge -p '${ready}'`,
  },
  { line: 'wait --for=condition=Ready=False trigger/orders -n shop --timeout=1s', exitCode: 1 },
  {
    line: "wait --for=jsonpath='{.status.subscriberUri}'=http://replaced.example.com trigger/orders -n shop --timeout=20s",
  },
  { line: "wait --for=jsonpath='{.spec.broker}' trigger --all -n shop --timeout=20s" },
  { line: 'wait --for=condition=Ready trigger -l app=nonsense -n shop --timeout=1s', exitCode: 1 },
  { line: 'wait --for=delete trigger/nonsense -n shop --timeout=5s' },
  { line: 'wait --for=create trigger/orders -n shop --timeout=5s' },
  { line: 'get trigger/orders -n shop -o wide' },
  {
    line: 'get triggers -n shop -w',
    until: /tested\.example\.com.*\n/,
    exitCode: undefined,
    meanwhile:
      'patch trigger orders -n shop --subresource=status --type=merge -p {"status":{"subscriberUri":"http://tested.example.com"}}',
  },
  { line: 'label trigger orders -n shop seen=yes' },
  {
    line: 'get triggers -n shop -w --output-watch-events -l seen=yes',
    until: /DELETED.*\n/,
    exitCode: undefined,
    meanwhile: 'label trigger orders -n shop seen-',
  },
  { line: 'create -f event.yaml' },
  {
    line: 'get triggers -n shop --watch-only --field-selector metadata.name=orders',
    until: /again\.example\.com.*\n/,
    exitCode: undefined,
    meanwhile:
      'patch trigger orders -n shop --subresource=status --type=merge -p {"status":{"subscriberUri":"http://again.example.com"}}',
  },
  { line: 'events -n shop' },
  { line: 'events --for trigger/orders -n shop' },
  { line: 'events -n shop --types=Warning' },
  { line: 'events -A --for trigger/orders -o name' },
  {
    line: 'events -n shop --watch',
    until: /Tested.*\n/,
    exitCode: undefined,
  },
  { line: 'get events -n shop --field-selector involvedObject.name=orders' },
  { line: 'get events -n shop --field-selector reason=Nonsense' },
  { line: 'describe trigger/orders -n shop' },
];
