export { choosePort } from './local-mesh/choose-port.ts';
export { obtainNatsServer } from './nats-server/obtain-nats-server.ts';
