// Kafka and PostgreSQL alone, on free ports, in a folder that is removed at the end: for tests and benchmarks.
// `--durable`: PostgreSQL writes as safely as in production all the same.
// Prints one line of JSON, {"brokers":[…],"postgresUrl":"…"}, and runs until its standard input ends or it is signalled.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterHome } from './lib/cluster-home.mjs';
import { startInfra } from './lib/infra.mjs';
import { jarsDir } from './lib/paths.mjs';
import { freePorts } from './lib/ports.mjs';
import { removeAtEnd } from './lib/processes.mjs';
import { runScript } from './lib/say.mjs';

await runScript(async () => {
  const dir = mkdtempSync(join(tmpdir(), 'tenure-'));
  chmodSync(dir, 0o755); // PostgreSQL may run as another user.
  removeAtEnd(dir);
  removeAtEnd(clusterHome(dir));
  const [kafkaPort, controllerPort, postgresPort] = await freePorts(3);
  const password = randomBytes(12).toString('hex');
  const infra = await startInfra({
    dir,
    jars: jarsDir,
    kafkaPort,
    controllerPort,
    postgresPort,
    password,
    throwAway: true,
    durable: process.argv.includes('--durable'),
  });
  const end = new Promise((resolve) => {
    process.stdin.on('end', resolve).resume();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, resolve);
  });
  process.stdout.write(`${JSON.stringify({ brokers: infra.brokers, postgresUrl: infra.postgresUrl })}\n`);
  await end;
  await infra.stop();
});
