// A function that prints one line for each event it gets: its name is the path of the request.
import { createServer } from 'node:http';

const port = Number(process.argv[2] ?? 3000);

createServer((request, response) => {
  let data = '';
  request.on('data', (chunk) => (data += chunk));
  request.on('end', () => {
    const { headers, url } = request;
    const type = headers['ce-type'] ?? headers['kyma-event-type'];
    const source = headers['ce-source'] ?? headers['kyma-source-id'];
    console.log(`${url} got ${type} from ${source}: ${data}`);
    response.writeHead(200).end();
  });
}).listen(port, '127.0.0.1');
