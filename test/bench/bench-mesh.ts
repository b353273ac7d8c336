import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startMeshProcess, type MeshProcess } from '../support/mesh-process.ts';

/** The mesh under measurement: the built programs, as processes of their own. */
export async function startBenchMesh(): Promise<MeshProcess> {
  return startMeshProcess({
    data: mkdtempSync(join(tmpdir(), 'jetmesh-bench-')),
    main: fileURLToPath(new URL('../../../packages/cli/dist/main.js', import.meta.url)),
    nodeFlags: [],
  });
}

export function portOf(url: string): number {
  return Number(new URL(url).port);
}
