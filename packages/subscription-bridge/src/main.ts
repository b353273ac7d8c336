import { runProgram } from '@jetmesh/service-runtime';
import { readSubscriptionBridgeConfig } from './config.ts';
import { startSubscriptionBridge } from './start-subscription-bridge.ts';

await runProgram('subscription-bridge', ({ env }) =>
  startSubscriptionBridge(readSubscriptionBridgeConfig(env)),
);
