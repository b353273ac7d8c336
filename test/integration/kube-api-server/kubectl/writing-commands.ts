import type { KubectlCommand } from './kubectl-command.ts';
import {
  bareWidgetText,
  changedWidgetText,
  generatedWidgetText,
  heldWidgetText,
  invalidWidgetText,
  mistypedWidgetText,
  misspeltWidgetText,
  widgetText,
} from './object-texts.ts';

const refusedColour =
  /spec\.colour: Unsupported value: "pink": supported values: "red", "green", "blue"/;
const unknownField = /strict decoding error: unknown field "spec\.replcas"/;

/** Everything that changes something, in the Namespace and with the object that the reading commands made. */
export const writingCommands: readonly KubectlCommand[] = [
  { line: 'apply -f -', input: widgetText, prints: /one unchanged/ },
  {
    line: 'diff -f -',
    input: changedWidgetText,
    exits: 1,
    prints: /-  replicas: 2\n\+  replicas: 3/,
  },
  {
    line: 'apply --dry-run=server -f -',
    input: changedWidgetText,
    prints: /one configured \(server dry run\)/,
  },
  { line: 'apply -f -', input: changedWidgetText, prints: /one configured/ },
  { line: 'apply view-last-applied widget/one -n shop', prints: /replicas: 3/ },
  { line: 'apply --server-side -f -', input: changedWidgetText, prints: /one serverside-applied/ },
  {
    line: 'apply --server-side --field-manager=other -f -',
    input: widgetText,
    exits: 1,
    prints: /Apply failed with 1 conflict: conflict with "kubectl": \.spec\.replicas/,
  },
  {
    line: 'apply --server-side --field-manager=other --force-conflicts -f -',
    input: widgetText,
    prints: /one serverside-applied/,
  },
  {
    line: 'get widget one -n shop --show-managed-fields -o yaml',
    prints: /manager: other\n {4}operation: Apply/,
  },
  { line: 'create -f -', input: misspeltWidgetText, exits: 1, prints: unknownField },
  {
    line: 'create --validate=warn -f -',
    input: misspeltWidgetText,
    prints: /Warning: unknown field "spec\.replcas"/,
  },
  { line: 'create -f -', input: invalidWidgetText, exits: 1, prints: refusedColour },
  {
    line: 'create -f -',
    input: mistypedWidgetText,
    exits: 1,
    prints: /spec\.replicas in body must be of type integer: "string"/,
  },
  {
    line: 'create -o name -f -',
    input: generatedWidgetText,
    prints: /widget\.example\.com\/made-[a-z0-9]{5}/,
  },
  { line: 'create -f -', input: bareWidgetText, prints: /bare created/ },
  { line: 'replace -f -', input: bareWidgetText, prints: /bare replaced/ },
  {
    line: 'create configmap settings --from-literal=a=b -n shop',
    prints: /configmap\/settings created/,
  },
  {
    line: 'create secret generic password --from-literal=p=secret -n shop',
    prints: /secret\/password created/,
  },
  { line: 'create serviceaccount robot -n shop', prints: /serviceaccount\/robot created/ },
  { line: 'create service clusterip web --tcp=80:8080 -n shop', prints: /service\/web created/ },
  {
    line: 'create service externalname far --external-name=localhost --tcp=80:8081 -n shop',
    prints: /service\/far created/,
  },
  {
    line: 'get svc -n shop',
    prints:
      /far +ExternalName +<none> +localhost +80\/TCP[^]*web +ClusterIP +10\.96\.0\.\d+ +<none> +80\/TCP/,
  },
  {
    line: 'get cm,secret,sa -n shop',
    prints: /configmap\/settings +1[^]*secret\/password +Opaque +1[^]*serviceaccount\/robot/,
  },
  { line: 'describe svc web -n shop', prints: /TargetPort: +8080\/TCP/ },
  { line: 'patch cm settings -n shop -p {"data":{"c":"d"}}', prints: /settings patched/ },
  {
    line: 'patch widget one -n shop -p {"spec":{"replicas":1}}',
    exits: 1,
    prints: /strategic-merge-patch\+json is not supported/,
  },
  {
    line: 'patch widget one -n shop --type=merge -p {"spec":{"replicas":4}}',
    prints: /one patched/,
  },
  {
    line: 'patch widget one -n shop --type=merge -p {"spec":{"replicas":4}}',
    prints: /one patched \(no change\)/,
  },
  {
    line: 'patch widget one -n shop --type=merge -p {"spec":{"colour":"blue"}}',
    exits: 1,
    prints: /colour is immutable/,
  },
  {
    line: 'patch widget one -n shop --type=merge -p {"spec":{"replicas":40}}',
    exits: 1,
    prints: /spec: Invalid value: too many replicas/,
  },
  {
    line: 'patch widget one -n shop --type=json -p [{"op":"test","path":"/spec/replicas","value":9}]',
    exits: 1,
    prints: /rejected our request/,
  },
  {
    line: 'patch widget one -n shop --subresource=status --type=merge -p {"status":{"conditions":[{"type":"Ready","status":"True"}]}}',
    prints: /one patched/,
  },
  { line: 'wait --for=condition=Ready widget/one -n shop --timeout=5s', prints: /condition met/ },
  {
    line: 'wait --for=condition=Other widget/one -n shop --timeout=1s',
    exits: 1,
    prints: /timed out/,
  },
  {
    line: 'wait --for=jsonpath={.spec.replicas}=4 widget/one -n shop --timeout=5s',
    prints: /condition met/,
  },
  { line: 'scale widget one -n shop --replicas=5', prints: /one scaled/ },
  { line: 'label widget one -n shop tier=one', prints: /one labeled/ },
  { line: 'label widget one -n shop tier=two', exits: 1, prints: /already has a value/ },
  { line: 'annotate widget one -n shop note=x', prints: /one annotated/ },
  { line: 'annotate widget one -n shop note-', prints: /one annotated/ },
  { line: 'edit widget one -n shop', prints: /one edited/ },
  { line: 'get widget one -n shop -o jsonpath={.metadata.labels.tier}', prints: /^edited$/ },
  { line: 'delete widget bare -n shop --dry-run=server', prints: /deleted \(server dry run\)/ },
  { line: 'delete widget bare -n shop', prints: /"bare" deleted/ },
  { line: 'delete widget bare -n shop', exits: 1, prints: /"bare" not found/ },
  { line: 'delete widget typo -n shop --cascade=foreground', prints: /"typo" deleted/ },
  { line: 'create -f -', input: heldWidgetText, prints: /held created/ },
  { line: 'delete widget held -n shop --wait=false', prints: /"held" deleted/ },
  { line: 'wait --for=delete widget/held -n shop --timeout=1s', exits: 1, prints: /timed out/ },
  {
    line: 'patch widget held -n shop --type=merge -p {"metadata":{"finalizers":null}}',
    prints: /held patched/,
  },
  { line: 'wait --for=delete widget/held -n shop --timeout=5s' },
  { line: 'delete widgets -n shop -l app=a', prints: /"one" deleted/ },
  { line: 'delete ns shop', prints: /namespace "shop" deleted/ },
  { line: 'get cm -n shop', prints: /No resources found in shop namespace/ },
  { line: 'delete crd widgets.example.com', prints: /deleted/ },
  {
    line: 'get widgets',
    exits: 1,
    prints: /doesn't have a resource type|could not find the requested resource/,
  },
];
