export { readDispatcherConfig, type DispatcherConfig } from './dispatcher/dispatcher-config.ts';
export { startDispatcher, type RunningDispatcher } from './dispatcher/start-dispatcher.ts';
export { readIngressConfig, type IngressConfig } from './ingress/ingress-config.ts';
export { startIngress, type RunningIngress } from './ingress/start-ingress.ts';
