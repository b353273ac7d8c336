import { runProgram } from '@jetmesh/service-runtime';
import { readIngressConfig } from './ingress-config.ts';
import { startIngress } from './start-ingress.ts';

await runProgram('ingress', ({ env, signal }) => startIngress(readIngressConfig(env), signal));
