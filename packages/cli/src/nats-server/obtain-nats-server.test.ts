import { describe, expect, it } from '@jest/globals';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { obtainNatsServer } from './obtain-nats-server.ts';

const silent = { announce: () => undefined };

describe('obtainNatsServer', () => {
  it('takes the executable on PATH', () => {
    const folder = mkdtempSync(join(tmpdir(), 'jetmesh-path-'));
    const binary = join(folder, 'nats-server');
    writeFileSync(binary, '');
    chmodSync(binary, 0o755);
    expect(obtainNatsServer({ path: folder, isRoot: false, ...silent })).toEqual({
      kind: 'found',
      binary,
      wasInstalled: false,
    });
  });

  it('names the three ways to get one when there is none and it may not install', () => {
    const lookup = obtainNatsServer({ path: '', isRoot: false, ...silent });
    expect(lookup).toMatchObject({ kind: 'missing' });
    const advice = lookup.kind === 'missing' ? lookup.advice : '';
    expect(advice).toMatch(/apt-get install nats-server[^]*download[^]*--nats-url/);
  });
});
