import type { FieldProblem } from '../../errors/api-error.ts';
import { invalidValue, requiredValue, unsupportedValue } from '../../errors/field-problems.ts';
import { listOr, objectOr, textOr, type JsonObject } from '../../json/json-value.ts';
import type { KubeObject } from '../../object/kube-object.ts';

const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const protocols = ['SCTP', 'TCP', 'UDP'];
const portName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

export function validateService({ spec }: KubeObject): FieldProblem[] {
  const { type, externalName, clusterIP, ports } = objectOr(spec);
  const problems: FieldProblem[] = [];
  if (!types.includes(textOr(type, ''))) {
    problems.push(unsupportedValue('spec.type', type ?? '', types));
  }
  if (type === 'ExternalName' && textOr(externalName, '') === '') {
    problems.push(requiredValue('spec.externalName'));
  }
  const isHeadless = clusterIP === 'None' || type === 'ExternalName';
  if (listOr(ports).length === 0 && !isHeadless) problems.push(requiredValue('spec.ports'));
  const several = listOr(ports).length > 1;
  listOr(ports).forEach((port, at) => {
    problems.push(...portProblems(objectOr(port), `spec.ports[${at}]`, several));
  });
  return problems;
}

function portProblems(port: JsonObject, path: string, needsName: boolean): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const name = textOr(port.name, '');
  if (name === '' && needsName) problems.push(requiredValue(`${path}.name`));
  if (name !== '' && !portName.test(name)) {
    problems.push(invalidValue(`${path}.name`, name, 'must be a DNS-1123 label'));
  }
  for (const field of ['port', 'targetPort']) {
    const value = port[field];
    if (typeof value === 'number' && (value < 1 || value > 65535)) {
      problems.push(
        invalidValue(`${path}.${field}`, value, 'must be between 1 and 65535, inclusive'),
      );
    }
  }
  if (!protocols.includes(textOr(port.protocol, ''))) {
    problems.push(unsupportedValue(`${path}.protocol`, port.protocol ?? '', protocols));
  }
  return problems;
}
