export { readAdapterConfig, type AdapterConfig } from './config.ts';
export { startHttpSourceAdapter, type RunningAdapter } from './start-http-source-adapter.ts';
export { BrokerClient } from './forward/broker-client.ts';
