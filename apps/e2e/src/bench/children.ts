import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { cpuSeconds } from './process-facts';

const graceMs = 10_000;
// Should this process die without a word, its children must not stay.
const endWithParent = 'data:text/javascript,process.once("disconnect",()=>process.exit(1));process.channel.unref()';

/** A process that was started for a benchmark. */
export interface Child {
  readonly pid: number;
  /** Seconds of processor time used so far, all threads. */
  cpu(): number;
  /** The next message that it sends. Throws its last words when it ends instead. */
  message<T>(): Promise<T>;
  send(message: object): void;
  stop(): Promise<void>;
}

export interface ChildOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Flags of Node; default: none. */
  readonly flags?: readonly string[];
}

/** Starts processes and ends all of them at the end, whatever the end is. */
export class Children {
  private readonly folder = mkdtempSync(join(tmpdir(), 'tenure-bench-'));
  private readonly running = new Set<ChildProcess>();
  private count = 0;

  /** @param profiles folder for a CPU profile of every process, or undefined */
  constructor(private readonly profiles: string | undefined) {}

  start(file: string, { env = {}, args = [], flags = [] }: ChildOptions = {}): Child {
    const log = join(this.folder, `${(this.count += 1)}.log`);
    const out = openSync(log, 'a');
    const profile = this.profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${this.profiles}`];
    const { NODE_OPTIONS: _, ...own } = process.env;
    const child = fork(file, args, {
      env: { ...own, ...env },
      execArgv: ['--disable-warning=TimeoutNegativeWarning', '--import', endWithParent, ...profile, ...flags],
      stdio: ['ignore', out, out, 'ipc'],
    });
    closeSync(out);
    this.running.add(child);
    child.once('exit', () => this.running.delete(child));
    return childOf(child, log);
  }

  /** A program of this folder, from its source. */
  program(name: string, ...args: readonly string[]): Child {
    const flags = ['--conditions=@tenure/source', '-r', '@swc-node/register'];
    return this.start(join(__dirname, name), { args, flags });
  }

  /** Ends what is still running. */
  async endAll(): Promise<void> {
    await Promise.all([...this.running].map(end));
  }

  async stop(): Promise<void> {
    await this.endAll();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function childOf(child: ChildProcess, log: string): Child {
  const pid = child.pid ?? 0;
  const gone = once(child, 'exit').then(() => {
    throw new Error(`A process ended: ${readFileSync(log, 'utf8').slice(-2_000)}`);
  });
  gone.catch(() => undefined);
  return {
    pid,
    cpu: () => cpuSeconds(pid),
    message: async <T>() => {
      const [message] = (await Promise.race([once(child, 'message'), gone])) as [T];
      return message;
    },
    send: (message) => void child.send(message),
    stop: () => end(child),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await gone;
  clearTimeout(late);
}
