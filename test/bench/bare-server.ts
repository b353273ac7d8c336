import { createServer } from 'node:http';
import { listening } from './child-process-messages.ts';

/** The unit of every ratio: a node:http server that reads the body and answers 202. */
const server = createServer((request, response) => {
  request.on('data', () => undefined);
  request.on('end', () => response.writeHead(202).end());
});
server.listen(0, '127.0.0.1', () => listening(server));
