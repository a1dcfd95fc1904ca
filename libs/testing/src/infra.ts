import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { startContainers } from './containers';
import type { InfraAddress, RunningInfra } from './infra-address';

const variable = 'TENURE_TEST_INFRA';
const script = resolve(__dirname, '../../../deploy/local/infra.mjs');

/**
 * Starts Kafka and Postgres on free ports, with a data folder of their own that is removed at the end: what the
 * environment names, else Docker, else embedded (`INFRA=docker|embedded` decides). Throws where none can be had.
 */
export async function startInfra(): Promise<RunningInfra> {
  if (process.env['INFRA'] === 'docker') return startContainers();
  const child = spawn(process.execPath, ['--disable-warning=TimeoutNegativeWarning', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  const said = createInterface(child.stdout);
  const first = await Promise.race([once(said, 'line'), gone.then(() => null)]);
  if (first === null) throw new Error('Kafka and Postgres did not start; the line above says why.');
  const address = JSON.parse(String(first[0])) as InfraAddress;
  const order = async (line: string): Promise<void> => {
    const lost = gone.then(() => Promise.reject(new Error(`Kafka and Postgres ended at: ${line}`)));
    const done = Promise.race([once(said, 'line'), lost]);
    child.stdin.write(`${line}\n`);
    const [answer] = (await done) as [string];
    if (answer !== line) throw new Error(answer);
  };
  return {
    ...address,
    interrupt: (part, signal) => order(`interrupt ${part} ${signal}`),
    resume: (part) => order(`resume ${part}`),
    async stop() {
      child.stdin.end();
      await gone;
    },
  };
}

/** Tells the workers of a Jest run where the infrastructure is: they inherit the environment. */
export function publishAddress({ brokers, postgresUrl }: InfraAddress): void {
  process.env[variable] = JSON.stringify({ brokers, postgresUrl });
}

/** The address that the global set-up published. Throws where a test runs without it. */
export function infra(): InfraAddress {
  const text = process.env[variable];
  if (!text)
    throw new Error('No Kafka and Postgres: run this test in the project `int` (npx jest --selectProjects int).');
  return JSON.parse(text) as InfraAddress;
}
