// Leaves no process behind. It reads the process groups of a stack from its standard input and outlives the script that
// started them: when that input ends (Ctrl-C, SIGKILL, a closed terminal, all alike), it stops whatever still runs,
// rank by rank, and removes the temporary folders it was told of.
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const graceMs = 8000;
const groups = new Map();
const folders = new Set();

const lives = (pid) => {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function end([pid, { signal }]) {
  if (!lives(pid)) return;
  process.kill(-pid, signal);
  for (let waited = 0; lives(pid) && waited < graceMs; waited += 50) await sleep(50);
  if (lives(pid)) process.kill(-pid, 'SIGKILL');
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
for await (const line of createInterface({ input: process.stdin })) {
  const [word, value, signal, rank] = line.split(' ');
  if (word === 'keep') groups.set(Number(value), { signal, rank: Number(rank) });
  if (word === 'drop') groups.delete(Number(value));
  if (word === 'remove') folders.add(line.slice('remove '.length));
}
const ranks = Object.entries(Object.groupBy(groups, ([, { rank }]) => rank)).sort(([a], [b]) => b - a);
for (const [, together] of ranks) await Promise.allSettled(together.map(end));
for (const folder of folders) await rm(folder, { recursive: true, force: true });
