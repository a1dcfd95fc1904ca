import { dockerAnswers, startCompose } from './docker.mjs';
import { startKafka, whyNoKafka } from './kafka.mjs';
import { startPostgres, whyNoPostgres } from './postgres.mjs';
import { Trouble } from './say.mjs';

/**
 * Kafka and PostgreSQL: the ones the environment names (KAFKA_BROKERS; POSTGRES_URL, a superuser's), else Docker where
 * an engine answers, else embedded. INFRA=embedded|docker overrides the choice between the last two.
 * @param {{dir: string, jars: string, kafkaPort: number, controllerPort: number, postgresPort: number,
 *   password: string, throwAway?: boolean, durable?: boolean, env?: NodeJS.ProcessEnv}} options
 * @returns {Promise<{brokers: string[], postgresUrl: string, how: string, programs: object[], stop(): Promise<void>,
 *   interrupt?: (part: string, signal: string) => Promise<void>, resume?: (part: string) => Promise<void>}>}
 *   `interrupt` and `resume` only where both were started here: they stop and start `kafka` or `postgres`, data kept
 */
export async function startInfra(options) {
  const env = options.env ?? process.env;
  const named = {
    ...(env.KAFKA_BROKERS && { brokers: env.KAFKA_BROKERS.split(',') }),
    ...(env.POSTGRES_URL && { postgresUrl: env.POSTGRES_URL }),
  };
  if (named.brokers && named.postgresUrl) return { ...named, how: 'environment', programs: [], stop: async () => {} };
  if (await choosesDocker(env, options)) {
    return { ...startCompose(options), ...named, how: 'docker', programs: [] };
  }
  return startEmbedded(named, options);
}

async function choosesDocker(env, options) {
  if (env.INFRA === 'embedded') return false;
  // A test run's containers are testcontainers' business, not those of the compose file.
  if (env.INFRA === 'docker') return true;
  return !options.throwAway && dockerAnswers();
}

async function startEmbedded(named, options) {
  const missing = [named.brokers ? null : whyNoKafka(options.jars), named.postgresUrl ? null : await whyNoPostgres()];
  const reasons = missing.filter(Boolean);
  if (reasons.length > 0) {
    throw new Trouble(
      `Kafka and PostgreSQL cannot be started: no Docker engine answers, and ${reasons.join(', and ')}. Install Docker, or Java 17 and Maven (Debian: apt-get install openjdk-17-jre-headless maven).`,
    );
  }
  const { dir, jars, kafkaPort, controllerPort, postgresPort, password, throwAway, durable } = options;
  // What is thrown away needs no orderly end.
  const signal = throwAway ? 'SIGKILL' : 'SIGTERM';
  const start = {
    kafka: async () => (named.brokers ? named : startKafka({ dir, jars, port: kafkaPort, controllerPort, signal })),
    postgres: async () =>
      named.postgresUrl ? named : startPostgres({ dir, port: postgresPort, password, hasty: throwAway && !durable }),
  };
  const [kafka, postgres] = await together([start.kafka(), start.postgres()]);
  const parts = { kafka, postgres };
  return {
    brokers: kafka.brokers,
    postgresUrl: postgres.postgresUrl,
    how: 'embedded',
    programs: [kafka.program, postgres.program].filter(Boolean),
    stop: async () => void (await Promise.all(Object.values(parts).map((part) => part.stop?.()))),
    interrupt: (part, by) => parts[part].stop(by),
    resume: async (part) => void (parts[part] = await start[part]()),
  };
}

/** Both or none: if one fails, the other is stopped. */
async function together(starts) {
  const results = await Promise.allSettled(starts);
  const failed = results.find((result) => result.status === 'rejected');
  if (!failed) return results.map((result) => result.value);
  await Promise.all(results.map((result) => result.value?.stop?.()));
  throw failed.reason;
}
