import { fieldProblem, firstProblem } from './field-problem.ts';

const clusterSuffix = 'svc.cluster.local';

/** What Kyma's sink validator says: a Service of the Subscription's own Namespace, any port and path. */
export function validateSink(sink: string, namespace: string): string[] {
  const host = hostOf(sink);
  const labels = host.split('.');
  const problems = firstProblem('spec.sink', sink, [
    [sink === '', 'must not be empty'],
    [!/^https?:\/\//.test(sink), "must have URL scheme 'http' or 'https'"],
    [!host.endsWith(clusterSuffix), `must have valid sink URL suffix ${clusterSuffix}`],
    [labels.length !== 5, `must have sink URL with 5 sub-domains: ${host}`],
  ]);
  if (problems.length > 0 || labels[1] === namespace) return problems;
  const detail = `must have the same namespace as the subscriber: ${labels[1] ?? ''}`;
  return [fieldProblem('metadata.namespace', sink, detail)];
}

/** The Service that a valid sink names. */
export function serviceOfSink(sink: string): { namespace: string; name: string } {
  const [name = '', namespace = ''] = hostOf(sink).split('.');
  return { namespace, name };
}

function hostOf(sink: string): string {
  return URL.canParse(sink) ? new URL(sink).hostname : '';
}
