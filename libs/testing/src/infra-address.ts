/** Where the real Kafka and Postgres of a test run answer. */
export interface InfraAddress {
  /** `host:port` of each broker. */
  readonly brokers: readonly string[];
  /** A superuser's connection string: it makes databases and roles. */
  readonly postgresUrl: string;
}

export type InfraPart = 'kafka' | 'postgres';

export interface RunningInfra extends InfraAddress {
  /** Ends a part by this signal, its data kept. Only where it was started embedded; throws else. */
  interrupt(part: InfraPart, signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<void>;
  /** Starts an interrupted part again, at the same address; resolves once it answers. */
  resume(part: InfraPart): Promise<void>;
  stop(): Promise<void>;
}
