import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustBuild } from './build.mjs';
import { createDatabases } from './databases.mjs';
import { keepPlaying, playDemo } from './demo.mjs';
import { clientEnvironment, serviceEnvironment, welcome } from './environment.mjs';
import { startInfra } from './infra.mjs';
import { dataDir, jarsDir, logFile } from './paths.mjs';
import { isEnding, killPrograms, stopPrograms } from './processes.mjs';
import { claim, describe, release } from './running.mjs';
import { note, say, Trouble } from './say.mjs';
import { loadSecrets } from './secrets.mjs';
import { becomesReady, mustBeFree, portsFrom, serviceNames, startService } from './services.mjs';
import { askedToEnd } from './signals.mjs';

const others = ['console', 'cli'];

/**
 * `npm start`: brings the stack up, says so, and stays until it is asked to end or Kafka or PostgreSQL is gone.
 * @param {{demo: boolean, only?: string}} options `only`: names of services with commas between; default: all
 */
export async function startStack({ demo, only }) {
  const dir = dataDir;
  const names = chosen(only);
  claim(dir);
  const asked = askedToEnd(killPrograms);
  let infra;
  try {
    const up = bringUp(dir, { demo, names }, (started) => (infra = started));
    up.catch(() => {});
    const lost = await Promise.race([up, asked.then(() => [])]);
    await Promise.race([asked, ...lost]);
    note('Stopping …');
  } finally {
    await stopPrograms();
    await infra?.stop();
    release(dir);
  }
}

function chosen(only) {
  const wanted = only?.split(',') ?? serviceNames;
  const unknown = wanted.find((name) => !serviceNames.includes(name));
  if (unknown !== undefined) throw new Trouble(`There is no service ${unknown}. There are ${serviceNames.join(', ')}.`);
  return serviceNames.filter((name) => wanted.includes(name));
}

/** Answers promises that reject when something is lost that we cannot do without. */
async function bringUp(dir, { demo, names }, onInfra) {
  const apps = [...names, ...others];
  const ports = portsFrom(process.env);
  await mustBeFree(ports);
  const secrets = loadSecrets(dir);
  note('Starting Kafka and PostgreSQL …');
  const [infra] = await Promise.all([
    startLocalInfra(dir, secrets).then((started) => (onInfra(started), started)),
    mustBuild(demo ? [...apps, 'simulator'] : apps, logFile(dir, 'build')),
  ]);
  const databases = await createDatabases(infra.postgresUrl, secrets);
  const stack = { ports, secrets, brokers: infra.brokers, databases, demo };
  describe(dir, { ports, demo, brokers: infra.brokers, postgresUrl: infra.postgresUrl });
  await startServices(dir, names, stack);
  if (demo) await playDemo(dir, { ...process.env, ...clientEnvironment(stack) });
  if (isEnding()) return [];
  say(welcome(stack));
  if (demo) keepPlaying(dir, { ...process.env, ...clientEnvironment(stack) });
  return infra.programs.map(lost);
}

function startLocalInfra(dir, secrets) {
  const kafkaPort = Number(process.env.KAFKA_PORT || 19092);
  const kept = join(dir, 'infra');
  // What the data was made in is used again, even where a Docker engine has appeared since.
  const how = existsSync(kept) ? readFileSync(kept, 'utf8') : undefined;
  return startInfra({
    dir,
    jars: jarsDir,
    kafkaPort,
    controllerPort: Number(process.env.KAFKA_CONTROLLER_PORT || kafkaPort + 1),
    postgresPort: Number(process.env.POSTGRES_PORT || 15432),
    password: secrets.postgres,
    env: { ...process.env, INFRA: process.env.INFRA || how },
  }).then((infra) => {
    if (infra.how !== 'environment') writeFileSync(kept, infra.how);
    return infra;
  });
}

async function startServices(dir, names, stack) {
  note('Starting the services …');
  const services = names.map((name) => startService({ name, dir, env: serviceEnvironment(name, stack) }));
  await Promise.all(services.map((service) => becomesReady(service, stack.ports[service.name])));
}

const lost = (program) =>
  program.exited.then((reason) => {
    if (!program.stopping) throw new Trouble(`${program.name} ${reason}: everything stops. Its log: ${program.log}`);
  });
