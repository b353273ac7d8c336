import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { startMeshProcess, type MeshProcess } from '../support/mesh-process.ts';
import { runDemo } from '../support/run-demo.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const programs = [
  'dispatcher',
  'http-source-adapter',
  'ingress',
  'subscription-bridge',
  'trigger-controller',
];

/** Far from the checkout, so that Node finds nothing of it in a folder above. */
const folder = mkdtempSync(join(tmpdir(), 'jetmesh-dist-'));
const tree = join(folder, 'tree');

function dist(to: string): void {
  const script = join(repository, 'scripts/dist.mjs');
  execFileSync(process.execPath, [script, to], { cwd: repository, stdio: 'inherit' });
}

const pathsIn = (root: string): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();

/** Over names, kinds, modes, dates, targets and contents. */
function digestOf(root: string): string {
  const hash = createHash('sha256');
  for (const path of pathsIn(root)) {
    const file = join(root, path);
    const { mode, mtimeMs } = lstatSync(file);
    hash.update(`${path} ${mode} ${mtimeMs}\n`);
    if (lstatSync(file).isSymbolicLink()) hash.update(readlinkSync(file));
    else if (lstatSync(file).isFile()) hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** `name@version` of every package that is not ours. */
function installedIn(root: string): string[] {
  return pathsIn(root)
    .filter((path) => /(^|\/)node_modules\/(@(?!jetmesh)[^/]+\/)?[^@/]+\/package\.json$/.test(path))
    .map((path) => {
      const file = readFileSync(join(root, path), 'utf8');
      const { name, version } = JSON.parse(file) as { name: string; version: string };
      return `${name}@${version}`;
    });
}

beforeAll(() => dist(tree), 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('npm run dist', () => {
  it('makes the same tree of the same commit', () => {
    const again = join(folder, 'again');
    dist(again);
    expect(digestOf(again)).toBe(digestOf(tree));
    rmSync(again, { recursive: true });
  }, 300_000);

  it('has production dependencies, and neither sources nor tests of ours', () => {
    const installed = readdirSync(join(tree, 'node_modules'));
    expect(installed).toEqual(expect.arrayContaining(['express', 'nats', 'undici', 'winston']));
    for (const tool of ['typescript', 'jest', 'eslint', 'prettier', 'cloudevents', '.bin']) {
      expect(installed).not.toContain(tool);
    }
    const ours = pathsIn(join(tree, 'packages'));
    expect(ours).toContain('broker/dist/ingress/main.js');
    expect(ours.filter((path) => /\.(ts|map)$|\.test\./.test(path))).toEqual([]);
  });

  it('has a bill of materials that names every package in it, with its hash', () => {
    const words = ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'];
    const output = execFileSync('npm', words, { cwd: tree, encoding: 'utf8' });
    const { components } = JSON.parse(output) as {
      components: { name: string; version: string; hashes?: object[] }[];
    };
    const hashed = components.filter(({ hashes }) => hashes !== undefined);
    const named = new Set(hashed.map(({ name, version }) => `${name}@${version}`));
    expect(named).toEqual(new Set(installedIn(tree)));
  }, 60_000);

  it('refers to nothing outside of itself', () => {
    const links = pathsIn(tree).filter((path) => lstatSync(join(tree, path)).isSymbolicLink());
    expect(links).toContain('node_modules/@jetmesh/broker');
    const outside = links.filter((path) => {
      const target = resolve(dirname(join(tree, path)), readlinkSync(join(tree, path)));
      return relative(tree, target).startsWith('..');
    });
    expect(outside).toEqual([]);
  });

  it('has one entry point a program', () => {
    const entries = [...programs, 'jetmesh'].sort().map((program) => `${program}.js`);
    expect(readdirSync(join(tree, 'bin'))).toEqual(entries);
  });

  it('runs the quickstart', async () => {
    const launcher = { main: join(tree, 'bin/jetmesh.js'), cwd: tree };
    const { code, output } = await runDemo([], launcher);
    expect(output).toMatch(/4 events sent, 5 deliveries: each exactly once/);
    expect(code).toBe(0);
  }, 120_000);
});

describe('every program of the tree', () => {
  let mesh: MeshProcess;
  beforeAll(async () => {
    mesh = await startMeshProcess({ main: join(tree, 'bin/jetmesh.js'), nodeFlags: [], cwd: tree });
  }, 90_000);
  afterAll(() => mesh.stop());

  it.each(programs)(
    'starts as a replica of its own, is ready, and ends on SIGTERM: %s',
    async (program) => {
      const adminPort = await freePort();
      const child = spawn(process.execPath, [join(tree, 'bin', `${program}.js`)], {
        cwd: tree,
        env: {
          KUBECONFIG: join(mesh.data, 'kubeconfig'),
          NATS_SERVERS: mesh.endpoints.nats,
          POD_NAME: `another-${program}`,
          ADMIN_HOST: '127.0.0.1',
          ADMIN_PORT: String(adminPort),
          HTTP_HOST: '127.0.0.1',
          HTTP_PORT: String(await freePort()),
        },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      const exited = once(child, 'exit');
      try {
        await eventually(
          async () => (await fetch(`http://127.0.0.1:${adminPort}/readyz`)).status === 200,
          { timeoutMs: 30_000 },
        );
      } finally {
        child.kill('SIGTERM');
      }
      expect(await exited).toEqual([0, null]);
    },
    60_000,
  );
});
