import type { FieldProblem } from '../../errors/api-error.ts';
import { invalidValue } from '../../errors/field-problems.ts';
import { objectOr, textOr } from '../../json/json-value.ts';
import type { KubeObject } from '../../object/kube-object.ts';
import { int32, microTime, record, text } from '../../schema/schema-terms.ts';
import { builtInResource } from './built-in-resource.ts';
import { column } from './columns.ts';

export const leaseResource = builtInResource({
  group: 'coordination.k8s.io',
  kind: 'Lease',
  plural: 'leases',
  schema: record({
    spec: record({
      holderIdentity: text,
      leaseDurationSeconds: int32,
      acquireTime: microTime,
      renewTime: microTime,
      leaseTransitions: int32,
      strategy: text,
      preferredHolder: text,
    }),
  }),
  columns: [column('Holder', (object) => textOr(objectOr(object.spec).holderIdentity, ''))],
  strategy: { validate: validateLease, needsRevision: true, isCreatedByUpdate: true },
});

function validateLease({ spec }: KubeObject): FieldProblem[] {
  const { leaseDurationSeconds, leaseTransitions } = objectOr(spec);
  const problems: FieldProblem[] = [];
  if (typeof leaseDurationSeconds === 'number' && leaseDurationSeconds <= 0) {
    const field = 'spec.leaseDurationSeconds';
    problems.push(invalidValue(field, leaseDurationSeconds, 'must be greater than 0'));
  }
  if (typeof leaseTransitions === 'number' && leaseTransitions < 0) {
    const text = 'must be greater than or equal to 0';
    problems.push(invalidValue('spec.leaseTransitions', leaseTransitions, text));
  }
  return problems;
}
