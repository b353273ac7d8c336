import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { knownDifferences } from '../kube/kubectl/known-differences.ts';

const readme = new URL('../../packages/kube-api-server/README.md', import.meta.url);

it('the README of kube-api-server lists exactly the known differences of kubectl, with their reasons', () => {
  const lines = readFileSync(readme, 'utf8').split('\n');
  const start = lines.findIndex((line) => /^\| kubectl +\| reason +\|$/.test(line));
  const rows = lines.slice(start + 2, lines.indexOf('', start)).map((row) => row.split('|'));
  const listed = rows.map(([, command = '', reason = '']) => ({
    line: command.trim().replaceAll('`', ''),
    reason: reason.trim(),
  }));
  expect(listed).toEqual(knownDifferences.map(({ line, reason }) => ({ line, reason })));
});
