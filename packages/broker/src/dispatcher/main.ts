import { runProgram } from '@jetmesh/service-runtime';
import { readDispatcherConfig } from './dispatcher-config.ts';
import { startDispatcher } from './start-dispatcher.ts';

await runProgram('dispatcher', ({ env, signal }) =>
  startDispatcher(readDispatcherConfig(env), signal),
);
