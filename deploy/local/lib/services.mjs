import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mainOf } from './build.mjs';
import { logFile } from './paths.mjs';
import { isTaken } from './ports.mjs';
import { startProgram } from './processes.mjs';
import { troubleOf } from './reason.mjs';
import { note, Trouble } from './say.mjs';

/** Every service, with its published port. The gateway is last: it is ready when the others can be. */
export const publishedPorts = {
  ingestion: 4001,
  health: 4002,
  renewals: 4003,
  notifications: 4004,
  reporting: 4005,
  gateway: 4000,
};
export const serviceNames = Object.keys(publishedPorts);

const readyWithinMs = 240_000;
const firstPauseMs = 500;
const longestPauseMs = 30_000;
const settledAfterMs = 5_000;

/** The services' ports: published, or what `<SERVICE>_PORT` says. */
export function portsFrom(env) {
  const portOf = (name) => Number(env[`${name.toUpperCase()}_PORT`] || publishedPorts[name]);
  return Object.fromEntries(serviceNames.map((name) => [name, portOf(name)]));
}

/** All of them at once, before anything is started. */
export async function mustBeFree(ports) {
  const taken = [];
  for (const [name, port] of Object.entries(ports)) if (await isTaken(port)) taken.push([name, port]);
  if (taken.length === 0) return;
  const list = taken.map(([name, port]) => `${port} (${name}, ${name.toUpperCase()}_PORT)`).join(', ');
  throw new Trouble(`In use by another program: port ${list}. Free it, or set the variable to another port.`);
}

/**
 * Starts a service and starts it again whenever it ends by itself: it ends when it cannot do its work any more, and
 * counts on that. Before it was ready once, its end is an error instead.
 */
export function startService({ name, env, dir }) {
  const service = { name, ready: false, program: null };
  const begin = () => {
    service.begunAt = Date.now();
    service.program = startProgram({
      name,
      command: process.execPath,
      args: ['--disable-warning=TimeoutNegativeWarning', mainOf(name)],
      log: logFile(dir, name),
      rank: 2,
      env: { ...env, ...otherwise(dir, name) },
    });
    // For `kill` and for the tests that use it: who is this service now?
    writeFileSync(join(dir, 'logs', `${name}.pid`), String(service.program.pid));
    void service.program.exited.then(() => again(service, begin));
  };
  begin();
  return service;
}

/** What the next start of a service finds different in its environment: `<dir>/<service>.env.json`, for experiments. */
function otherwise(dir, name) {
  const file = join(dir, `${name}.env.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

async function again(service, begin) {
  const { program } = service;
  if (program.stopping || !service.ready) return;
  // Only one that ends soon each time is held back longer and longer: a crash after a good while is a new one.
  const soon = Date.now() - service.begunAt < settledAfterMs;
  service.pause = soon && service.pause ? Math.min(service.pause * 2, longestPauseMs) : firstPauseMs;
  note(`${service.name} ${program.ended}; it starts again. Its log: ${program.log}`);
  await sleep(service.pause);
  if (!program.stopping) begin();
}

/** Resolves once /health/ready answers 200. */
export async function becomesReady(service, port) {
  const deadline = Date.now() + readyWithinMs;
  let last = 'it does not answer';
  for (;;) {
    if (service.program.ended) throw troubleOf(service.program);
    if (Date.now() > deadline) {
      throw new Trouble(`${service.name} is not ready after four minutes: ${last}. Its log: ${service.program.log}`);
    }
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(5000) }).catch(
      () => null,
    );
    if (answer?.ok) break;
    if (answer) last = (await answer.text()).slice(0, 300);
    await sleep(100);
  }
  service.ready = true;
}
