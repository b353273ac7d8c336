/**
 * The folder tree of an image, `dist/image` or the folder named: built JavaScript, production dependencies, one entry point
 * a program. The same commit and lock file give the same bytes, modes and dates.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { productionPackages } from './production-packages.mjs';

const programs = {
  jetmesh: 'cli/dist/main.js',
  ingress: 'broker/dist/ingress/main.js',
  dispatcher: 'broker/dist/dispatcher/main.js',
  'trigger-controller': 'trigger-controller/dist/main.js',
  'subscription-bridge': 'subscription-bridge/dist/main.js',
  'http-source-adapter': 'http-source-adapter/dist/main.js',
};

const checkout = fileURLToPath(new URL('..', import.meta.url));
const tree = resolve(process.argv[2] ?? join(checkout, 'dist/image'));
const date = Number(process.env.SOURCE_DATE_EPOCH ?? 0);
const packages = readdirSync(join(checkout, 'packages')).sort();
const lock = readJson('package-lock.json');
/** Optional ones of other platforms are not installed. */
const dependencies = productionPackages(lock).filter(
  (path) => !lock.packages[path].optional || existsSync(join(checkout, path)),
);

build();
rmSync(tree, { recursive: true, force: true });
packages.forEach(copyPackage);
copyDependencies();
cpSync(join(checkout, 'examples/quickstart'), join(tree, 'examples/quickstart'), {
  recursive: true,
});
writePackageFiles();
for (const [program, main] of Object.entries(programs)) writeEntry(program, main);
makeUniform(tree);

function build() {
  const tsc = join(checkout, 'node_modules/typescript/bin/tsc');
  const projects = packages.map((name) => join(checkout, 'packages', name));
  const { status } = spawnSync(process.execPath, [tsc, '-b', ...projects], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** Goes by the sources: a build folder also has tests, and what was built of files that are gone. */
function copyPackage(name) {
  const from = join(checkout, 'packages', name);
  const to = join(tree, 'packages', name);
  for (const file of readdirSync(join(from, 'src'), { recursive: true })) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
    const built = join('dist', file.replace(/\.ts$/, '.js'));
    cpSync(join(from, built), join(to, built));
  }
  cpSync(join(from, 'package.json'), join(to, 'package.json'));
  const link = join(tree, 'node_modules/@jetmesh', name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(join('../../packages', name), link);
}

function copyDependencies() {
  const onlyToDevelop = /\.([cm]?ts|map)$/;
  for (const path of dependencies) {
    const from = join(checkout, path);
    const nested = join(from, 'node_modules');
    const filter = (file) => file !== nested && !onlyToDevelop.test(file);
    cpSync(from, join(tree, path), { recursive: true, filter });
  }
}

/** The lock, of what is in the tree alone, is there for `npm sbom`. */
function writePackageFiles() {
  const { name, version, license, engines, overrides } = readJson('package.json');
  const content = { name, version, private: true, license, engines, workspaces: ['packages/*'] };
  writeJson('package.json', { ...content, type: 'module', overrides });
  const { lockfileVersion, packages: all } = lock;
  const links = packages.map((folder) => `node_modules/@jetmesh/${folder}`);
  const workspaces = packages.map((folder) => `packages/${folder}`);
  const kept = [...links, ...workspaces, ...dependencies].map((path) => [path, all[path]]);
  const locked = Object.fromEntries([['', content], ...kept]);
  writeJson('package-lock.json', { name, version, lockfileVersion, packages: locked });
}

function readJson(file) {
  return JSON.parse(readFileSync(join(checkout, file), 'utf8'));
}

function writeJson(file, content) {
  writeFileSync(join(tree, file), `${JSON.stringify(content, null, 2)}\n`);
}

function writeEntry(program, main) {
  if (!existsSync(join(tree, 'packages', main))) throw new Error(`${program}: no ${main}`);
  mkdirSync(join(tree, 'bin'), { recursive: true });
  const content = `#!/usr/bin/env node\nimport '../packages/${main}';\n`;
  writeFileSync(join(tree, 'bin', `${program}.js`), content);
}

/** Readable for every user, dated alike: neither umask nor clock is in the result. */
function makeUniform(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) makeUniform(path);
    else if (entry.isFile()) chmodSync(path, isCommand(path) ? 0o755 : 0o644);
    lutimesSync(path, date, date);
  }
  chmodSync(folder, 0o755);
  lutimesSync(folder, date, date);
}

function isCommand(path) {
  return dirname(path) === join(tree, 'bin') || (statSync(path).mode & 0o100) !== 0;
}
