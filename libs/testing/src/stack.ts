import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const deploy = resolve(__dirname, '../../../deploy/local');
const services = ['gateway', 'ingestion', 'health', 'renewals', 'notifications', 'reporting'] as const;
export type ServiceName = (typeof services)[number];

/** All of Tenure, as `npm start` runs it, on free ports and a data folder of its own. */
export interface TestStack {
  /** Where each service listens. */
  readonly urls: Readonly<Record<ServiceName, string>>;
  /** What a program needs to work on this stack: pass it on to the CLI or to `npm run tenure`. */
  readonly env: Readonly<Record<string, string>>;
  readonly brokers: readonly string[];
  /** A superuser's connection; the services' databases are called `tenure_<service>`. */
  readonly postgresUrl: string;
  /** The process that is this service now; it changes when the service is started again after a kill. */
  pidOf(service: ServiceName): number;
  /** What a service has logged so far. */
  logOf(service: ServiceName): string;
  /** Runs the CLI to its end. Throws what it wrote if it fails. */
  tenure(...args: readonly string[]): Promise<string>;
  /** Starts a second process of a service, on a port of its own; resolves once it is ready. It ends with the stack. */
  replica(service: ServiceName): Promise<Replica>;
  /** What a service's next start finds in its environment besides; `{}`: nothing any more. Restarts nothing. */
  nextStart(service: ServiceName, env: Readonly<Record<string, string>>): void;
  stop(): Promise<void>;
}

/** One more process of a service. */
export interface Replica {
  readonly url: string;
  readonly pid: number;
  /** Ends it in order (SIGTERM); also where it has ended already. */
  stop(): Promise<void>;
}

export interface StackOptions {
  /** Plays the demo in first; default false. */
  readonly demo?: boolean;
  /** Starts these services alone; default: all. */
  readonly only?: readonly ServiceName[];
  /** Variables for all services. */
  readonly env?: Readonly<Record<string, string>>;
}

/** On a busy machine a broker may need seconds for what takes it milliseconds; tests of its absence set their own. */
const patience = { KAFKA_SILENCE_MS: '15000' };

/** Starts the stack; resolves when it says that it is ready. Throws its own words when it does not start. */
export async function startStack({ demo = false, only, env: extra = {} }: StackOptions = {}): Promise<TestStack> {
  const folder = mkdtempSync(join(tmpdir(), 'tenure-stack-'));
  chmodSync(folder, 0o755); // PostgreSQL may run as another user.
  const env = { ...(await freePortVariables()), ...patience, ...extra, TENURE_DATA: folder };
  const child = script('start.mjs', [...(demo ? [] : ['--no-demo']), ...(only ? ['--only', only.join(',')] : [])], env);
  const replicas = new Set<Replica>();
  const stop = async () => {
    await Promise.all([...replicas].map((replica) => replica.stop()));
    await end(child);
    rmSync(folder, { recursive: true, force: true });
  };
  await ready(child).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return describe(folder, env, replicas, stop);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

function describe(
  folder: string,
  env: Record<string, string>,
  replicas: Set<Replica>,
  stop: () => Promise<void>,
): TestStack {
  const log = (name: string) => readFileSync(join(folder, 'logs', name), 'utf8');
  const running = JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8')) as {
    ports: Record<ServiceName, number>;
    brokers: string[];
    postgresUrl: string;
  };
  const urls = services.map((name) => [name, `http://127.0.0.1:${running.ports[name]}`] as const);
  return {
    urls: Object.fromEntries(urls) as Record<ServiceName, string>,
    env,
    brokers: running.brokers,
    postgresUrl: running.postgresUrl,
    pidOf: (service) => Number(log(`${service}.pid`)),
    logOf: (service) => log(`${service}.log`),
    tenure: (...args) => toEnd(script('tenure.mjs', args, env)),
    async replica(service) {
      const port = await freePort();
      const child = script('replica.mjs', [service, String(port)], env);
      const replica: Replica = {
        url: `http://127.0.0.1:${port}`,
        get pid() {
          return Number(log(`${service}-${port}.pid`));
        },
        stop: () => end(child),
      };
      replicas.add(replica);
      await ready(child);
      return replica;
    },
    nextStart: (service, other) => writeFileSync(join(folder, `${service}.env.json`), JSON.stringify(other)),
    stop,
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}

function script(name: string, args: readonly string[], env: Record<string, string>): ChildProcess {
  // A variable of the test run itself, such as Jest's flags, is not the stack's.
  const { NODE_OPTIONS: _, npm_lifecycle_event: _event, ...own } = process.env;
  return spawn(process.execPath, [join(deploy, name), ...args], {
    env: { ...own, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function ready(child: ChildProcess): Promise<void> {
  const said: string[] = [];
  await new Promise<void>((resolveReady, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface(stream).on('line', (line) => {
        said.push(line);
        if (line.startsWith('Ready:')) resolveReady();
      });
    }
    child.once('exit', () => reject(new Error(`The stack did not start:\n${said.join('\n')}`)));
  });
}

async function toEnd(child: ChildProcess): Promise<string> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(output);
  return output;
}

/** A free port for every part, held together until all are known, so that none comes twice. */
async function freePortVariables(): Promise<Record<string, string>> {
  const names = ['KAFKA', 'KAFKA_CONTROLLER', 'POSTGRES', ...services.map((name) => name.toUpperCase())];
  const servers = names.map(() => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return Object.fromEntries(names.map((name, index) => [`${name}_PORT`, String(ports[index])]));
}
