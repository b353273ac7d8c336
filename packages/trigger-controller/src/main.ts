import { runProgram } from '@jetmesh/service-runtime';
import { readTriggerControllerConfig } from './config.ts';
import { startTriggerController } from './start-trigger-controller.ts';

await runProgram('trigger-controller', ({ env, signal }) =>
  startTriggerController(readTriggerControllerConfig(env), signal),
);
