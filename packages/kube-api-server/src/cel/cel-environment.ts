import { Environment } from '@marcbachmann/cel-js';

let environment: Environment | undefined;

/** CEL with what Kubernetes adds to it, as far as rules of definitions commonly use it. */
export function celEnvironment(): Environment {
  environment ??= new Environment({
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
  })
    .registerVariable('self', 'dyn')
    .registerVariable('oldSelf', 'dyn')
    .registerFunction('string.replace(string, string): string', replaceAll)
    .registerFunction('string.charAt(int): string', charAt)
    .registerFunction('string.find(string): string', find)
    .registerFunction('string.findAll(string): list<string>', findAll)
    .registerFunction('list<dyn>.isSorted(): bool', isSorted)
    .registerFunction('list<dyn>.sum(): dyn', sum)
    .registerFunction('list<dyn>.min(): dyn', (list: Ordered[]) => extreme(list, (a, b) => a < b))
    .registerFunction('list<dyn>.max(): dyn', (list: Ordered[]) => extreme(list, (a, b) => a > b))
    .registerFunction('list<dyn>.indexOf(dyn): int', indexOf)
    .registerFunction('isURL(string): bool', (text: string) => URL.canParse(text))
    .registerFunction('string.format(list<dyn>): string', format);
  return environment;
}

type Ordered = bigint | number | string;

function replaceAll(text: string, from: string, to: string): string {
  return text.replaceAll(from, () => to);
}

function charAt(text: string, index: bigint): string {
  return Array.from(text)[Number(index)] ?? '';
}

function find(text: string, pattern: string): string {
  return new RegExp(pattern, 'u').exec(text)?.[0] ?? '';
}

function findAll(text: string, pattern: string): string[] {
  return text.match(new RegExp(pattern, 'gu')) ?? [];
}

function isSorted(list: Ordered[]): boolean {
  return list.every((item, at) => {
    const previous = list[at - 1];
    return previous === undefined || previous <= item;
  });
}

function sum(list: (bigint | number)[]): bigint | number {
  return list.some((item) => typeof item === 'number')
    ? list.reduce<number>((total, item) => total + Number(item), 0)
    : list.reduce<bigint>((total, item) => total + BigInt(item), 0n);
}

function extreme(list: Ordered[], isBetter: (left: Ordered, right: Ordered) => boolean): Ordered {
  if (list.length === 0) throw new Error('min and max need a list that is not empty');
  return list.reduce((best, item) => (isBetter(item, best) ? item : best));
}

function indexOf(list: unknown[], item: unknown): bigint {
  return BigInt(list.indexOf(item));
}

/** `%s` and `%d`: every argument as text. */
function format(text: string, values: unknown[]): string {
  let next = 0;
  return text.replaceAll(/%[sd]/g, () => {
    next += 1;
    return String(values[next - 1]);
  });
}
