import { environmentOf } from '../support/environment-of.ts';
import type { MeshProcess } from '../support/mesh-process.ts';

/** Sum over the samples of a metric that have these labels, as a program of the mesh exposes it. */
export async function metricOf(
  mesh: MeshProcess,
  program: 'ingress' | 'dispatcher',
  name: string,
  labels: Readonly<Record<string, string>>,
): Promise<number> {
  const port = environmentOf(mesh.pidOf(program)).get('ADMIN_PORT') ?? '';
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) && wanted.every((label) => line.includes(label)))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}
