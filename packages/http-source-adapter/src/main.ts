import { runProgram } from '@jetmesh/service-runtime';
import { readAdapterConfig } from './config.ts';
import { startHttpSourceAdapter } from './start-http-source-adapter.ts';

await runProgram('http-source-adapter', ({ env }) =>
  startHttpSourceAdapter(readAdapterConfig(env)),
);
