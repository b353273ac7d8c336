import { isJsonObject, shown, type JsonValue } from '../json/json-value.ts';

/** A compiled path; it yields every value that the path reaches. */
export type JsonPath = (value: JsonValue) => JsonValue[];

type Step = (value: JsonValue) => JsonValue[];

const compiled = new Map<string, JsonPath | undefined>();
const maxCompiled = 1000;

/** The part of kubectl's JSONPath that printer columns use; undefined when it is not of that part. */
export function compileJsonPath(path: string): JsonPath | undefined {
  if (!compiled.has(path)) {
    if (compiled.size >= maxCompiled) compiled.clear();
    compiled.set(path, compile(path));
  }
  return compiled.get(path);
}

const tokens =
  /^(?:\.([A-Za-z0-9_$-](?:[A-Za-z0-9_$/-]|\\.)*)|\[(-?[0-9]+)\]|\[\*\]|\.\*|\[(['"])((?:(?!\3).)*)\3\]|\[\?\(\s*@((?:\.[A-Za-z0-9_$-]+)+)\s*(==|!=)\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.-]+))\s*\)\])/;

function compile(path: string): JsonPath | undefined {
  let rest = path.startsWith('{') && path.endsWith('}') ? path.slice(1, -1) : path;
  if (rest.startsWith('$')) rest = rest.slice(1);
  if (rest !== '' && !/^[.[]/.test(rest)) rest = `.${rest}`;
  const steps: Step[] = [];
  while (rest !== '' && rest !== '.') {
    const match = tokens.exec(rest);
    if (match === null) return undefined;
    steps.push(stepOf(match));
    rest = rest.slice(match[0].length);
  }
  return (value) => steps.reduce<JsonValue[]>((values, step) => values.flatMap(step), [value]);
}

function stepOf(match: RegExpExecArray): Step {
  const [whole, name, index, , quoted, filterPath, operator, ...literals] = match;
  if (name !== undefined) return field(name.replaceAll(/\\(.)/g, '$1'));
  if (index !== undefined) return item(Number(index));
  if (quoted !== undefined) return field(quoted);
  if (filterPath === undefined || whole === '[*]') return every;
  const literal = literals.find(Boolean) ?? '';
  return filter(filterPath.slice(1).split('.'), operator === '==', literal);
}

function field(name: string): Step {
  return (value) => {
    const found = isJsonObject(value) ? value[name] : undefined;
    return found === undefined ? [] : [found];
  };
}

function item(index: number): Step {
  return (value) => {
    const found = Array.isArray(value) ? value.at(index) : undefined;
    return found === undefined ? [] : [found];
  };
}

function every(value: JsonValue): JsonValue[] {
  if (Array.isArray(value)) return value;
  if (!isJsonObject(value)) return [];
  return Object.values(value).filter((each) => each !== undefined);
}

function filter(path: readonly string[], isEqual: boolean, literal: string): Step {
  const steps = path.map(field);
  return (value) =>
    every(value).filter((each) => {
      const [found] = steps.reduce<JsonValue[]>((values, step) => values.flatMap(step), [each]);
      return (found !== undefined && shown(found) === literal) === isEqual;
    });
}
