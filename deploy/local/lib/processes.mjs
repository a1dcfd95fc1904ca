import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

let keeper;

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
 * order. Output goes to `log`. `signal` asks it politely to stop, SIGKILL follows after `graceMs`.
 */
export function startProgram({ name, command, args, log, signal = 'SIGTERM', graceMs = 10_000, ...options }) {
  mkdirSync(dirname(log), { recursive: true });
  const out = openSync(log, 'a');
  const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', out, out] });
  closeSync(out);
  const program = { name, pid: child.pid, log, ended: null, stopping: false };
  program.exited = new Promise((resolve) => {
    const end = (reason) => {
      program.ended ??= reason;
      if (child.pid) tellKeeper(`drop ${child.pid}`);
      resolve(program.ended);
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, killedBy) => end(killedBy ? `was ended by ${killedBy}` : `ended with code ${code}`));
  });
  if (child.pid) tellKeeper(`keep ${child.pid} ${signal}`);
  program.stop = () => stopGroup(program, signal, graceMs);
  return program;
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
    process.kill(-pid, signal);
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
