// Kafka and PostgreSQL alone, on free ports, in a folder that is removed at the end: for tests and benchmarks.
// `--durable`: PostgreSQL writes as safely as in production all the same.
// Prints one line of JSON, {"brokers":[…],"postgresUrl":"…"}, and runs until its standard input ends or it is signalled.
// A line on its standard input is an order, for experiments with faults: `interrupt kafka SIGKILL`, `resume postgres`.
// Each is answered by the same line once it is done, or by `failed: ` and why.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
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
    createInterface({ input: process.stdin })
      .on('line', (line) => void obey(infra, line))
      .on('close', resolve);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, resolve);
  });
  process.stdout.write(`${JSON.stringify({ brokers: infra.brokers, postgresUrl: infra.postgresUrl })}\n`);
  await end;
  await infra.stop();
});

async function obey(infra, line) {
  const [order, ...words] = line.split(' ');
  const answer = await infra[order](...words).then(
    () => line,
    (error) => `failed: ${error.message}`,
  );
  process.stdout.write(`${answer}\n`);
}
