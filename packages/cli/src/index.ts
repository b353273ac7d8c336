export { obtainNatsServer } from './nats-server/obtain-nats-server.ts';
