/** Whether an object's labels are selected. */
export type LabelPredicate = (labels: Readonly<Record<string, string>>) => boolean;

export type ParsedLabelSelector =
  | { readonly kind: 'parsed'; readonly matches: LabelPredicate }
  | { readonly kind: 'invalid'; readonly message: string };

const key = '([A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?)';
const inSet = new RegExp(`^${key}\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const comparison = new RegExp(`^${key}\\s*(=|==|!=|>|<)\\s*([-A-Za-z0-9_.]*)$`);
const existence = new RegExp(`^(!?)\\s*${key}$`);

/** Parses `app=a,tier in (x, y),!gone`; a text that is not a selector is named in the message. */
export function parseLabelSelector(text: string): ParsedLabelSelector {
  const predicates: LabelPredicate[] = [];
  for (const requirement of splitRequirements(text)) {
    const predicate = parseRequirement(requirement);
    if (predicate === undefined) {
      const message = `unable to parse requirement: ${JSON.stringify(requirement)} in ${JSON.stringify(text)}`;
      return { kind: 'invalid', message };
    }
    predicates.push(predicate);
  }
  return { kind: 'parsed', matches: (labels) => predicates.every((each) => each(labels)) };
}

/** At commas that are not inside parentheses. */
function splitRequirements(text: string): string[] {
  return text
    .split(/,(?![^()]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function parseRequirement(text: string): LabelPredicate | undefined {
  const set = inSet.exec(text);
  if (set !== null) {
    const [, name = '', , operator, list = ''] = set;
    const values = new Set(list.split(',').map((value) => value.trim()));
    return (labels) => values.has(labels[name] ?? absent) === (operator === 'in');
  }
  const compared = comparison.exec(text);
  if (compared !== null) {
    const [, name = '', , operator = '', value = ''] = compared;
    return comparisonOf(name, operator, value);
  }
  const existing = existence.exec(text);
  if (existing === null) return undefined;
  const [, not, name = ''] = existing;
  return (labels) => (labels[name] === undefined) === (not === '!');
}

/** No label value is this. */
const absent = '\0';

function comparisonOf(name: string, operator: string, value: string): LabelPredicate {
  switch (operator) {
    case '!=':
      return (labels) => labels[name] !== value;
    case '>':
      return (labels) => Number(labels[name] ?? NaN) > Number(value);
    case '<':
      return (labels) => Number(labels[name] ?? NaN) < Number(value);
    default:
      return (labels) => labels[name] === value;
  }
}
