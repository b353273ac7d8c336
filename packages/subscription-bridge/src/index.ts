export { readSubscriptionBridgeConfig, type SubscriptionBridgeConfig } from './config.ts';
export {
  startSubscriptionBridge,
  type RunningSubscriptionBridge,
} from './start-subscription-bridge.ts';
