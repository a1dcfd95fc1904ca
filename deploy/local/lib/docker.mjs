import { spawnSync } from 'node:child_process';
import { root } from './paths.mjs';
import { Trouble } from './say.mjs';

const patienceMs = 4000;

/** Whether a Docker engine (not only its command) answers. */
export const dockerAnswers = () =>
  spawnSync('docker', ['info', '--format', '{{.ServerVersion}}'], { timeout: patienceMs, stdio: 'ignore' }).status ===
  0;

/** Starts the compose file's `kafka` and `postgres`, waits until they are healthy. */
export function startCompose({ kafkaPort, postgresPort, password }) {
  const env = {
    ...process.env,
    KAFKA_PORT: String(kafkaPort),
    POSTGRES_PORT: String(postgresPort),
    POSTGRES_PASSWORD: password,
  };
  const compose = (...args) => spawnSync('docker', ['compose', ...args], { cwd: root, env, encoding: 'utf8' });
  const up = compose('up', '--detach', '--wait', 'kafka', 'postgres');
  if (up.status !== 0) {
    throw new Trouble(
      `Docker could not start Kafka and PostgreSQL: ${up.stderr.trim().split('\n').at(-1)} (INFRA=embedded does without Docker.)`,
    );
  }
  return {
    brokers: [`127.0.0.1:${kafkaPort}`],
    postgresUrl: `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${postgresPort}/postgres`,
    stop: async () => void compose('stop', 'kafka', 'postgres'),
  };
}
