import { canonicalJson } from '../json/canonical-json.ts';
import { withoutFields } from '../json/json-value.ts';
import { withMetadata, type KubeObject } from '../object/kube-object.ts';

const annotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** After `kubectl apply --server-side`, the annotation that client-side apply reads says the same configuration. */
export function withLastApplied(
  next: KubeObject,
  { applied, live, manager }: { applied: KubeObject; live: KubeObject; manager: string },
): KubeObject {
  const isKept = live.metadata.annotations?.[annotation] !== undefined;
  if (manager !== 'kubectl' || !isKept) return next;
  const annotations = withoutFields(applied.metadata.annotations ?? {}, annotation);
  const isEmpty = Object.keys(annotations).length === 0;
  const own = withMetadata(applied, {
    annotations: isEmpty ? undefined : (annotations as Record<string, string>),
  });
  const text = `${canonicalJson(own)}\n`;
  return withMetadata(next, { annotations: { ...next.metadata.annotations, [annotation]: text } });
}
