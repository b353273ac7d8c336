import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { startMeshProcess, type MeshProcess } from '../support/mesh-process.ts';
import { missingLine, readTutorial } from './tutorials/read-tutorial.ts';
import { runTutorial } from './tutorials/run-tutorial.ts';

const folder = new URL('../../docs/tutorials/', import.meta.url);
const tutorials = readdirSync(folder).filter((file) => file.endsWith('.md'));

describe('the tutorial', () => {
  let mesh: MeshProcess;

  beforeAll(async () => {
    mesh = await startMeshProcess();
  }, 90_000);
  afterAll(() => mesh.stop(), 60_000);

  it.each(tutorials)(
    '%s does what it says',
    async (file) => {
      const steps = readTutorial(readFileSync(new URL(file, folder), 'utf8'));
      expect(steps.length).toBeGreaterThan(2);
      const { code, outputs } = await runTutorial(steps, mesh);
      const misses = steps.flatMap(({ expected }, index) => {
        const output = outputs[index] ?? '';
        const missing = missingLine(output, expected);
        return missing === undefined
          ? []
          : [`step ${index} does not print "${missing}":\n${output}`];
      });
      expect({ misses, code }).toEqual({ misses: [], code: 0 });
    },
    180_000,
  );
});
