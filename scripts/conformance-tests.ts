import ts from 'typescript';

/** A test of the conformance suite, as its title says. */
export interface ConformanceTest {
  /** Numbers of the statements that it is for, such as `DP-7`. */
  readonly ids: readonly string[];
  readonly sentence: string;
  /** False for a `todo`. */
  readonly isWritten: boolean;
}

/** The tests of one file whose title begins with numbers of statements, in the order of the file. */
export function conformanceTests(fileName: string, text: string): ConformanceTest[] {
  const tests: ConformanceTest[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) tests.push(...testOf(node));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true));
  return tests;
}

/** `it(title, …)`, `it.todo(title)` and `it.each(table)(title, …)`; any other call is no test. */
function testOf({ expression, arguments: [title] }: ts.CallExpression): ConformanceTest[] {
  if (title === undefined || !ts.isStringLiteralLike(title)) return [];
  const callee = ts.isCallExpression(expression) ? expression.expression : expression;
  const name = callee.getText();
  if (!['it', 'it.todo', 'it.each'].includes(name)) return [];
  const table = ts.isCallExpression(expression) ? expression.arguments[0] : undefined;
  const parts = /^(?<ids>(?:[A-Z]{2}-\d+ )+)(?<sentence>.+)$/.exec(title.text)?.groups;
  if (parts === undefined) return [];
  const { ids = '', sentence = '' } = parts;
  return [
    {
      ids: ids.trim().split(' '),
      sentence: sentence.replace(/%[sij]/, firstCells(table).join(', ')),
      isWritten: name !== 'it.todo',
    },
  ];
}

/** What the first placeholder of a title stands for, row by row. */
function firstCells(table: ts.Expression | undefined): string[] {
  if (table === undefined) return [];
  if (ts.isAsExpression(table)) return firstCells(table.expression);
  if (!ts.isArrayLiteralExpression(table)) return ['…'];
  return table.elements.map((row) => {
    const cell = ts.isArrayLiteralExpression(row) ? (row.elements[0] ?? row) : row;
    return ts.isStringLiteralLike(cell) ? cell.text : cell.getText();
  });
}
