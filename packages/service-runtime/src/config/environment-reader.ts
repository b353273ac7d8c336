import { ConfigError } from './config-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

type Units = ReadonlyMap<string, number>;

const byteUnits: Units = new Map([
  ['', 1],
  ['Ki', 1024],
  ['Mi', 1024 ** 2],
  ['Gi', 1024 ** 3],
]);
const durationUnits: Units = new Map([
  ['', 1],
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/**
 * Reads a program's configuration from its environment. A bad value yields the fallback and is noted; `finish` throws
 * once with all that was noted, so that a user mends everything in one go. An empty value counts as absent.
 */
export class EnvironmentReader {
  readonly #env: Environment;
  readonly #problems: string[] = [];

  constructor(env: Environment) {
    this.#env = env;
  }

  requiredString(name: string): string {
    return this.optionalString(name) ?? this.#note(name, 'is required', '');
  }

  string(name: string, fallback: string): string {
    return this.optionalString(name) ?? fallback;
  }

  optionalString(name: string): string | undefined {
    const text = this.#env[name]?.trim();
    return text === '' ? undefined : text;
  }

  /** Comma-separated; empty items are dropped. */
  stringList(name: string, fallback: readonly string[]): readonly string[] {
    const items = (this.optionalString(name) ?? '').split(',').map((item) => item.trim());
    const present = items.filter((item) => item !== '');
    return present.length === 0 ? fallback : present;
  }

  port(name: string, fallback: number): number {
    return this.integer(name, fallback, { min: 0, max: 65_535 });
  }

  integer(name: string, fallback: number, range: { min?: number; max?: number } = {}): number {
    const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = range;
    return this.#parsed(name, fallback, `must be a whole number from ${min} to ${max}`, (text) => {
      const number = Number(text);
      return /^-?\d+$/.test(text) && number >= min && number <= max ? number : undefined;
    });
  }

  /** `64Mi`, `1Gi`, `65536`. */
  bytes(name: string, fallback: number): number {
    return this.#parsed(name, fallback, 'must be a size such as 65536, 64Mi or 1Gi', (text) =>
      quantity(text, byteUnits),
    );
  }

  /** `250ms`, `10s`, `5m`, `1h`; a bare number is ms. */
  durationMs(name: string, fallback: number): number {
    return this.#parsed(name, fallback, 'must be a duration such as 250ms, 10s or 5m', (text) =>
      quantity(text, durationUnits),
    );
  }

  boolean(name: string, fallback: boolean): boolean {
    return this.oneOf(name, ['true', 'false'], fallback ? 'true' : 'false') === 'true';
  }

  oneOf<T extends string>(name: string, values: readonly T[], fallback: T): T {
    return this.#parsed(name, fallback, `must be one of ${values.join(', ')}`, (text) =>
      values.find((value) => value === text),
    );
  }

  /** To be called when everything is read. */
  finish(): void {
    if (this.#problems.length > 0) throw new ConfigError(this.#problems);
  }

  #parsed<T>(name: string, fallback: T, rule: string, parse: (text: string) => T | undefined): T {
    const text = this.optionalString(name);
    if (text === undefined) return fallback;
    return parse(text) ?? this.#note(name, `${rule}, not "${text}"`, fallback);
  }

  #note<T>(name: string, problem: string, fallback: T): T {
    this.#problems.push(`${name} ${problem}`);
    return fallback;
  }
}

function quantity(text: string, units: Units): number | undefined {
  const [, amount = '', unit = ''] = /^(\d+)([A-Za-z]*)$/.exec(text) ?? [];
  const factor = units.get(unit);
  if (amount === '' || factor === undefined) return undefined;
  const product = Number(amount) * factor;
  return Number.isSafeInteger(product) ? product : undefined;
}
