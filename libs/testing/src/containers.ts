import type { RunningInfra } from './infra-address';

const kafkaPort = 9093;

/** The same infrastructure in containers, for machines with Docker. */
export async function startContainers(): Promise<RunningInfra> {
  // Loaded only here: they are large, and most machines' test runs have no use for them.
  const { KafkaContainer } = require('@testcontainers/kafka') as typeof import('@testcontainers/kafka');
  const { PostgreSqlContainer } = require('@testcontainers/postgresql') as typeof import('@testcontainers/postgresql');
  const [kafka, postgres] = await Promise.all([
    new KafkaContainer('confluentinc/cp-kafka:8.1.0') // Kafka 4.1; the module knows Confluent's image only
      .withKraft()
      .withEnvironment({
        KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
        KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '1',
        KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      })
      .start(),
    new PostgreSqlContainer('postgres:18').start(),
  ]);
  return {
    brokers: [`${kafka.getHost()}:${kafka.getMappedPort(kafkaPort)}`],
    postgresUrl: postgres.getConnectionUri(),
    interrupt: () => Promise.reject(new Error('Faults of the infrastructure are for INFRA=embedded.')),
    resume: () => Promise.reject(new Error('Faults of the infrastructure are for INFRA=embedded.')),
    async stop() {
      await Promise.all([kafka.stop(), postgres.stop()]);
    },
  };
}
