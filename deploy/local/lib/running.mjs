import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Trouble } from './say.mjs';

const leastFree = 500 * 1024 * 1024;
const fileIn = (dir) => join(dir, 'running.json');

/** What runs on this data folder: {pid, brokers?, postgresUrl?, ports?}, or null. */
export function whatRuns(dir) {
  try {
    const running = JSON.parse(readFileSync(fileIn(dir), 'utf8'));
    return lives(running.pid) ? running : null;
  } catch {
    return null;
  }
}

// After a crash the number may belong to somebody else: on Linux, the command line tells.
function lives(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('start.mjs');
  } catch {
    return true;
  }
}

/** Takes the data folder for this process. */
export function claim(dir) {
  try {
    mkdirSync(dir, { recursive: true });
    const running = whatRuns(dir);
    if (running) throw new Trouble(`Tenure is already running (process ${running.pid}). \`npm run stop\` stops it.`);
    const { bavail, bsize } = statfsSync(dir);
    if (bavail * bsize < leastFree)
      throw new Trouble(
        `The disk is full: ${dir} has ${Math.round((bavail * bsize) / 1e6)} MB left, at least 500 are needed.`,
      );
    describe(dir, {});
    beginLogs(dir);
  } catch (error) {
    if (error instanceof Trouble) throw error;
    throw new Trouble(
      error.code === 'ENOSPC'
        ? `The disk is full: nothing can be written to ${dir}.`
        : `The data folder ${dir} cannot be used: ${error.message}`,
    );
  }
}

/** Each start writes its own logs; those of the one before are kept beside them. */
function beginLogs(dir) {
  const [logs, previous] = [join(dir, 'logs'), join(dir, 'logs.previous')];
  if (!existsSync(logs)) return;
  rmSync(previous, { recursive: true, force: true });
  renameSync(logs, previous);
}

/** Adds what others (the CLI, `npm run stop`) want to know. */
export const describe = (dir, what) =>
  writeFileSync(fileIn(dir), JSON.stringify({ pid: process.pid, ...what }), { mode: 0o600 });

export const release = (dir) => rmSync(fileIn(dir), { force: true });
