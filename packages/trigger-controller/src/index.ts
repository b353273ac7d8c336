export { readTriggerControllerConfig, type TriggerControllerConfig } from './config.ts';
export {
  startTriggerController,
  type RunningTriggerController,
} from './start-trigger-controller.ts';
