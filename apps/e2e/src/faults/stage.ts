import {
  eventually,
  startInfra,
  startStack,
  type Replica,
  type RunningInfra,
  type ServiceName,
  type TestStack,
} from '@tenure/testing';
import { Client } from 'pg';
import { BrokerProxy } from '../client/broker-proxy';
import { backAgain, crash } from '../client/crash';
import { createTenant, type Tenant } from '../client/tenant';

/** Short timeouts of the group, so that the partitions of a dead process are taken over at once. */
const quick = { KAFKA_SESSION_TIMEOUT_MS: '2000', KAFKA_HEARTBEAT_MS: '500', KAFKA_REBALANCE_TIMEOUT_MS: '2000' };

export interface StageOptions {
  readonly services: readonly ServiceName[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Where experiments play: a Kafka and a PostgreSQL that can be interrupted, a proxy before Kafka, and Tenure on them. */
export class Stage {
  private tenants = 0;
  private probing: Promise<Tenant> | undefined;
  private readonly twins = new Map<ServiceName, Promise<Replica>>();
  private readonly changed = new Set<ServiceName>();

  private constructor(
    readonly infra: RunningInfra,
    readonly broker: BrokerProxy,
    readonly stack: TestStack,
    readonly services: readonly ServiceName[],
  ) {}

  static async start({ services, env = {} }: StageOptions): Promise<Stage> {
    const infra = await startInfra();
    const broker = await BrokerProxy.before(infra.brokers[0] ?? '');
    const own = { KAFKA_BROKERS: broker.address, POSTGRES_URL: infra.postgresUrl };
    try {
      const stack = await startStack({ only: services, env: { ...quick, RATE_LIMIT_PER_MINUTE: '0', ...env, ...own } });
      return new Stage(infra, broker, stack, services);
    } catch (error) {
      await broker.stop();
      await infra.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.broker.restore();
    await this.stack.stop();
    await this.broker.stop();
    await this.infra.stop();
  }

  /** A new tenant: what one run leaves behind is nothing to the next. */
  tenant(): Promise<Tenant> {
    this.tenants += 1;
    return createTenant(this.stack, `run-${this.tenants}`);
  }

  /** One tenant for all runs, for questions whether Tenure answers at all. */
  probe(): Promise<Tenant> {
    this.probing ??= createTenant(this.stack, 'probe');
    return this.probing;
  }

  /** The second process of a service; it is started when first asked for, and again after `withoutTwin`. */
  twin(service: ServiceName): Promise<Replica> {
    const twin = this.twins.get(service) ?? this.stack.replica(service);
    this.twins.set(service, twin);
    return twin;
  }

  async withoutTwin(service: ServiceName): Promise<void> {
    const twin = await this.twins.get(service);
    this.twins.delete(service);
    await twin?.stop();
  }

  /** Starts a service again with other settings; they stay until `asUsual`. */
  async restartWith(service: ServiceName, env: Readonly<Record<string, string>>): Promise<void> {
    const pid = this.stack.pidOf(service);
    this.changed.add(service);
    this.stack.nextStart(service, env);
    crash(this.stack, service);
    await backAgain(this.stack, service, pid);
  }

  /** Before each run: whatever was started with other settings is itself again. */
  async asUsual(): Promise<void> {
    for (const service of [...this.changed]) await this.restartWith(service, {});
    this.changed.clear();
  }

  pids(): Record<string, number> {
    return Object.fromEntries(this.services.map((service) => [service, this.stack.pidOf(service)]));
  }

  /** Waits until every service says that it is ready; answers how long that took, in milliseconds. */
  async ready(): Promise<number> {
    const begun = Date.now();
    const look = async (service: ServiceName) => {
      const answer = await fetch(`${this.stack.urls[service]}/health/ready`);
      const text = await answer.text();
      if (answer.status !== 200) throw new Error(`${service} is not ready: ${text}`);
    };
    await Promise.all(
      this.services.map((service) => eventually(() => look(service), { timeoutMs: 120_000, everyMs: 100 })),
    );
    return Date.now() - begun;
  }

  /** A superuser's connection to a service's database; what breaks it is the experiment's business. */
  async database(service: ServiceName): Promise<Client> {
    const url = new URL(this.infra.postgresUrl);
    url.pathname = `/tenure_${service}`;
    const client = new Client(url.href);
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  async query<Row extends object>(service: ServiceName, sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    const client = await this.database(service);
    try {
      return (await client.query<Row>(sql, [...values])).rows;
    } finally {
      await client.end();
    }
  }
}
