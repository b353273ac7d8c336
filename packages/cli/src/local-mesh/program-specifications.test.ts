import { describe, expect, it } from '@jest/globals';
import { dataFolderAt } from './data-folder.ts';
import { programNames } from './local-ports.ts';
import { programSpecification, type LocalSurroundings } from './program-specifications.ts';

const surroundings: LocalSurroundings = {
  folder: dataFolderAt('/data'),
  ports: {
    doors: { adapter: 1, ingress: 2, kubernetes: 3, nats: 4 },
    admin: {
      ingress: 11,
      dispatcher: 12,
      'trigger-controller': 13,
      'subscription-bridge': 14,
      'http-source-adapter': 15,
    },
  },
  natsUrl: 'nats://127.0.0.1:4',
  kubeconfig: '/data/kubeconfig',
  node: { command: 'node', flags: ['--flag'] },
  environment: { PATH: '/bin' },
  shadowToken: 'token',
};

describe('programSpecification', () => {
  it.each(programNames)('gives %s its own admin port, log and the same surroundings', (name) => {
    const { args, env, logFile } = programSpecification(name, 'main.ts', surroundings);
    expect(args).toEqual(['--flag', 'main.ts']);
    expect(logFile).toBe(`/data/logs/${name}.log`);
    expect(env).toMatchObject({
      PATH: '/bin',
      KUBECONFIG: '/data/kubeconfig',
      NATS_SERVERS: 'nats://127.0.0.1:4',
      ADMIN_PORT: String(surroundings.ports.admin[name]),
    });
  });

  it('tells the token of shadow events to ingress and adapter alone', () => {
    const knowing = programNames.filter(
      (name) => programSpecification(name, 'main.ts', surroundings).env.SHADOW_TOKEN !== undefined,
    );
    expect(knowing.sort()).toEqual(['http-source-adapter', 'ingress']);
  });

  it('points the trigger controller at the ingress of this machine', () => {
    const { env } = programSpecification('trigger-controller', 'main.ts', surroundings);
    expect(env.INGRESS_URL).toBe('http://127.0.0.1:2');
  });
});
