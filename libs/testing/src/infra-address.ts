/** Where the real Kafka and Postgres of a test run answer. */
export interface InfraAddress {
  /** `host:port` of each broker. */
  readonly brokers: readonly string[];
  /** A superuser's connection string: it makes databases and roles. */
  readonly postgresUrl: string;
}

export interface RunningInfra extends InfraAddress {
  stop(): Promise<void>;
}
