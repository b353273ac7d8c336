import type { FieldProblem } from '../../errors/api-error.ts';
import {
  duplicateValue,
  invalidValue,
  requiredValue,
  unsupportedValue,
} from '../../errors/field-problems.ts';
import { canonicalJson } from '../../json/canonical-json.ts';
import { listOr, objectOr, textOr, type JsonObject } from '../../json/json-value.ts';
import type { KubeObject } from '../../object/kube-object.ts';

const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const protocols = ['SCTP', 'TCP', 'UDP'];
const portName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

export function validateService(
  { spec }: KubeObject,
  previous: KubeObject | undefined,
): FieldProblem[] {
  const { type, externalName, clusterIP, ports } = objectOr(spec);
  const problems: FieldProblem[] = [];
  if (!types.includes(textOr(type, ''))) {
    problems.push(unsupportedValue('spec.type', type ?? '', types));
  }
  if (type === 'ExternalName' && textOr(externalName, '') === '') {
    problems.push(requiredValue('spec.externalName'));
  }
  const before = objectOr(previous?.spec).clusterIP ?? clusterIP;
  if (type !== 'ExternalName' && clusterIP !== before) {
    problems.push(invalidValue('spec.clusterIPs[0]', clusterIP ?? '', 'may not change once set'));
  }
  const isHeadless = clusterIP === 'None' || type === 'ExternalName';
  if (listOr(ports).length === 0 && !isHeadless) problems.push(requiredValue('spec.ports'));
  const several = listOr(ports).length > 1;
  listOr(ports).forEach((port, at) => {
    problems.push(...portProblems(objectOr(port), `spec.ports[${at}]`, several));
  });
  return [...problems, ...duplicatePorts(listOr(ports).map(objectOr))];
}

/** Ports differ in their names, and in number or protocol. */
function duplicatePorts(ports: readonly JsonObject[]): FieldProblem[] {
  const names = ports.map(({ name }) => textOr(name, ''));
  const sockets = ports.map(({ port, protocol }) => canonicalJson({ port, protocol }));
  return ports.flatMap((_, at) => {
    const name = names[at] ?? '';
    const isNameTaken = name !== '' && names.indexOf(name) < at;
    const isSocketTaken = sockets.indexOf(sockets[at] ?? '') < at;
    return [
      ...(isNameTaken ? [duplicateValue(`spec.ports[${at}].name`, JSON.stringify(name))] : []),
      ...(isSocketTaken ? [duplicateValue(`spec.ports[${at}]`, sockets[at] ?? '')] : []),
    ];
  });
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
