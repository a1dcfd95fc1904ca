import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

let keeper;
const running = new Set();

/** The process that ends ours, should we die without doing so. See keeper.mjs. */
function tellKeeper(line) {
  if (!keeper) {
    keeper = spawn(process.execPath, [join(import.meta.dirname, 'keeper.mjs')], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    keeper.unref();
    keeper.stdin.unref?.();
    keeper.stdin.on('error', () => {});
  }
  keeper.stdin.write(`${line}\n`);
}

/** Removes a temporary folder at the end, whatever the end is. */
export const removeAtEnd = (folder) => tellKeeper(`remove ${folder}`);

/**
 * Starts a program in a process group of its own: a Ctrl-C in the terminal reaches only us, and we stop the programs in
 * order, those of the highest `rank` first. Output goes to `log`, or with `output: 'inherit'` to ours. `signal` asks it
 * politely to stop, SIGKILL follows after `graceMs`.
 */
export function startProgram({
  name,
  command,
  args,
  log,
  output,
  rank = 1,
  signal = 'SIGTERM',
  graceMs = 12_000,
  ...options
}) {
  mkdirSync(dirname(log), { recursive: true });
  const out = output ?? openSync(log, 'a');
  const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', out, out] });
  if (typeof out === 'number') closeSync(out);
  const program = { name, pid: child.pid, log, rank, ended: null, code: null, stopping: false };
  program.stop = (by = signal) => stopGroup(program, by, graceMs);
  program.exited = new Promise((resolve) => {
    child.once('error', (error) => resolve(end(program, error.message)));
    child.once('exit', (code, by) =>
      resolve(end(program, by ? `was ended by ${by}` : `ended with code ${code}`, code)),
    );
  });
  running.add(program);
  if (child.pid) tellKeeper(`keep ${child.pid} ${signal} ${rank}`);
  return program;
}

function end(program, reason, code = null) {
  Object.assign(program, { ended: reason, code });
  running.delete(program);
  if (program.pid) tellKeeper(`drop ${program.pid}`);
  return reason;
}

let ending = false;

/** Whether everything is being stopped: nothing new is to be begun. */
export const isEnding = () => ending;

/** Stops everything that was started here, the highest rank first, each rank at once. */
export async function stopPrograms() {
  ending = true;
  // Marked first: nothing is to be started again while the others go.
  for (const program of running) program.stopping = true;
  const ranks = [...new Set([...running].map((program) => program.rank))].sort((a, b) => b - a);
  for (const rank of ranks) {
    await Promise.all([...running].filter((program) => program.rank === rank).map((program) => program.stop()));
  }
}

/** Stops everything now, not politely. */
export function killPrograms() {
  for (const program of running) signalGroup(program.pid, 'SIGKILL');
}

async function stopGroup(program, signal, graceMs) {
  program.stopping = true;
  if (program.ended) return;
  signalGroup(program.pid, signal);
  const late = await Promise.race([program.exited, sleep(graceMs, 'late', { ref: false })]);
  if (late === 'late') signalGroup(program.pid, 'SIGKILL');
  await program.exited;
}

function signalGroup(pid, signal) {
  try {
    if (pid) process.kill(-pid, signal);
  } catch {
    // It has just ended by itself.
  }
}

/** The last lines of a log, for a person to read. */
export function tail(log, lines = 15) {
  try {
    return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-lines);
  } catch {
    return [];
  }
}
