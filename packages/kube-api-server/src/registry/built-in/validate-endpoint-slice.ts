import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { FieldProblem } from '../../errors/api-error.ts';
import { invalidValue, requiredValue, unsupportedValue } from '../../errors/field-problems.ts';
import { listOr, objectOr, shown, textOr } from '../../json/json-value.ts';
import type { KubeObject } from '../../object/kube-object.ts';

const addressTypes = ['FQDN', 'IPv4', 'IPv6'];
const maxAddresses = 100;

/** Addresses of an EndpointSlice are of its type, and of no range that means something else on every machine. */
export function validateEndpointSlice({ addressType, endpoints }: KubeObject): FieldProblem[] {
  const type = textOr(addressType, '');
  if (!addressTypes.includes(type)) return [unsupportedValue('addressType', type, addressTypes)];
  return listOr(endpoints).flatMap((endpoint, at) => {
    const addresses = listOr(objectOr(endpoint).addresses).map(shown);
    const field = `endpoints[${at}].addresses`;
    if (addresses.length === 0) return [requiredValue(field, 'must contain at least 1 address')];
    if (addresses.length > maxAddresses) {
      const message = `Too many: ${addresses.length}: must have at most ${maxAddresses} items`;
      return [{ field, message, reason: 'FieldValueTooMany' }];
    }
    return addresses.flatMap((address, each) =>
      addressProblems(address, type).map((text) =>
        invalidValue(`${field}[${each}]`, address, text),
      ),
    );
  });
}

function addressProblems(address: string, type: string): string[] {
  if (type === 'FQDN') return [];
  const isOfType = type === 'IPv4' ? isIPv4(address) : isIPv6(address);
  if (!isOfType) return [`must be a valid ${type} address`];
  const family = type === 'IPv4' ? 'ipv4' : 'ipv6';
  return refused.filter(({ list }) => list.check(address, family)).map(({ text }) => text);
}

interface RefusedRange {
  readonly list: BlockList;
  readonly text: string;
}

function range(text: string, ...subnets: [string, number, 'ipv4' | 'ipv6'][]): RefusedRange {
  const list = new BlockList();
  for (const [net, prefix, family] of subnets) list.addSubnet(net, prefix, family);
  return { list, text };
}

const refused: readonly RefusedRange[] = [
  range('may not be unspecified (0.0.0.0 or ::)', ['0.0.0.0', 32, 'ipv4'], ['::', 128, 'ipv6']),
  range(
    'may not be in the loopback range (127.0.0.0/8, ::1/128)',
    ['127.0.0.0', 8, 'ipv4'],
    ['::1', 128, 'ipv6'],
  ),
  range(
    'may not be in the link-local range (169.254.0.0/16, fe80::/10)',
    ['169.254.0.0', 16, 'ipv4'],
    ['fe80::', 10, 'ipv6'],
  ),
  range(
    'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
    ['224.0.0.0', 24, 'ipv4'],
    ['ff02::', 16, 'ipv6'],
  ),
];
