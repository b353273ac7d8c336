import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { readDispatcherConfig } from './dispatcher/dispatcher-config.ts';
import { readIngressConfig } from './ingress/ingress-config.ts';

/** The variables that a configuration asks for. */
function variablesOf(read: (env: Record<string, string | undefined>) => unknown): string[] {
  const names = new Set<string>();
  const env = new Proxy<Record<string, string | undefined>>(
    {},
    { get: (_target, name) => void names.add(String(name)) },
  );
  read(env);
  return [...names];
}

describe('the README', () => {
  it('names every variable that the programs read, and no other', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const section = readme.split('## Configuration')[1]?.split('\n## ')[0] ?? '';
    const documented = [...section.matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name]) => name);
    const read = [...variablesOf(readIngressConfig), ...variablesOf(readDispatcherConfig)];
    expect([...new Set(documented)].sort()).toEqual([...new Set(read)].sort());
  });
});
