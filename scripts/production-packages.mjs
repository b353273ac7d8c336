/** Which installed packages the workspaces in packages/ need to run, by the lock file. */
import { posix } from 'node:path';

/** Paths such as `node_modules/express/node_modules/debug`, sorted; workspaces themselves are not among them. */
export function productionPackages(lock) {
  const found = new Set();
  const waiting = Object.keys(lock.packages).filter((path) => /^packages\/[^/]+$/.test(path));
  while (waiting.length > 0) {
    const from = waiting.pop();
    for (const [name, isOptional] of dependenciesOf(lock.packages[from])) {
      const path = resolve(lock, from, name);
      if (path === undefined && !isOptional)
        throw new Error(`${from} needs ${name}: not in the lock`);
      if (path === undefined || lock.packages[path].link || found.has(path)) continue;
      found.add(path);
      waiting.push(path);
    }
  }
  return [...found].sort();
}

function dependenciesOf({ dependencies, optionalDependencies, peerDependencies }) {
  const named = (names, isOptional) => Object.keys(names ?? {}).map((name) => [name, isOptional]);
  return [
    ...named(dependencies, false),
    ...named(optionalDependencies, true),
    ...named(peerDependencies, true),
  ];
}

/** As Node looks: in the package's own node_modules, then in each folder above it. */
function resolve(lock, from, name) {
  for (let folder = from; ; folder = posix.dirname(folder)) {
    const path = posix.join(folder, 'node_modules', name);
    if (path in lock.packages) return path;
    if (folder === '.') return undefined;
  }
}
