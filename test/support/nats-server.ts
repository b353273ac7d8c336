import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';

export interface NatsServer {
  readonly url: string;
  readonly port: number;
  readonly storeDir: string;
  readonly process: ChildProcess;
  /** Ends the process and waits for it; the store stays for `restart`. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts the server again on the same port and store. */
  restart(): Promise<void>;
  /** Ends the process and removes a store that was made for it. */
  stop(): Promise<void>;
}

export interface NatsServerOptions {
  readonly storeDir?: string;
  readonly port?: number;
  /** More lines of the server's configuration file. */
  readonly config?: string;
  readonly binary?: string;
}

/** A real nats-server with JetStream on a free port of loopback. */
export async function startNatsServer(options: NatsServerOptions = {}): Promise<NatsServer> {
  const folder = await mkdtemp(join(tmpdir(), 'jetmesh-nats-'));
  const storeDir = options.storeDir ?? join(folder, 'store');
  const port = options.port ?? (await freePort());
  const binary = options.binary ?? process.env.NATS_SERVER_BINARY ?? 'nats-server';
  const configFile = join(folder, 'nats.conf');
  const jetstream = `jetstream { store_dir: ${JSON.stringify(storeDir)} }`;
  await writeFile(
    configFile,
    `host: "127.0.0.1"\nport: ${port}\n${jetstream}\n${options.config ?? ''}\n`,
  );

  let child = await launch(binary, configFile, port);
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    storeDir,
    get process() {
      return child;
    },
    kill: (signal = 'SIGKILL') => end(child, signal),
    async restart() {
      await end(child, 'SIGKILL');
      child = await launch(binary, configFile, port);
    },
    async stop() {
      await end(child, 'SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function launch(binary: string, configFile: string, port: number): Promise<ChildProcess> {
  const child = spawn(binary, ['-c', configFile], { stdio: 'ignore' });
  await once(child, 'spawn');
  await eventually(() => accepts(port), { timeoutMs: 15_000 });
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

/** JetStream is up when the greeting says so: the INFO line is sent at once after the connection. */
async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    const [greeting] = (await once(socket, 'data')) as [Buffer];
    return greeting.toString().includes('"jetstream":true');
  } finally {
    socket.destroy();
  }
}
