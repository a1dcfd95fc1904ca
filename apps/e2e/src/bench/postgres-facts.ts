import { readdirSync, readFileSync } from 'node:fs';

import type { Client } from 'pg';

const ticksPerSecond = 100;

/** Seconds of processor time that the whole of PostgreSQL has used so far; NaN where it runs on another machine. */
export async function postgresCpu(client: Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const own = statOf(rows[0]?.pid ?? 0);
  const postmaster = own && statOf(own.parent);
  if (!own || !postmaster) return Number.NaN;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? [])
    .filter((each) => each.parent === own.parent);
  const alive = children.reduce((sum, each) => sum + each.ticks, postmaster.ticks);
  return (alive + postmaster.ended) / ticksPerSecond;
}

interface Stat {
  readonly parent: number;
  /** Of the process itself, and of its children that have ended. */
  readonly ticks: number;
  readonly ended: number;
}

function statOf(pid: number): Stat | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const field = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const at = (index: number) => field[index] ?? Number.NaN;
    return { parent: at(1), ticks: at(11) + at(12), ended: at(13) + at(14) };
  } catch {
    return null;
  }
}
