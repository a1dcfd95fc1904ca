import type { Base, Broker, Writer } from '@platformatic/kafka';

import { partitionOf } from './partitioner';
import { encodeBatch, sizeOf, type WireRecord } from './producer-encoding';

type Client = typeof import('@platformatic/kafka');
type ProduceResponse = ReturnType<Client['produceV9']['parseResponse']>;

/** Where the brokers are, and how long a connection and an answer may take. */
export interface ProducerConnectionOptions {
  readonly clientId: string;
  readonly brokers: readonly string[];
  readonly connectTimeoutMs: number;
  readonly requestTimeoutMs: number;
}

/** What goes to one partition in one request. */
interface Portion {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly WireRecord[];
}

const retryDelaysMs = [50, 100, 200];
/** A broker takes a batch of 1,048,588 bytes unless it is told otherwise. */
const batchLimitBytes = 900_000;
const metadataAgeMs = 300_000;
const acksAll = -1;
const storeTimeoutMs = 30_000;

/**
 * The wire to Kafka: metadata, connections and the protocol are @platformatic/kafka's; record batches are encoded here.
 * One call at a time; that keeps the records of a key in their order also where some have to be sent again.
 */
export class ProducerConnection {
  private opened: Promise<Opened> | undefined;
  private abandoned = 0;

  constructor(private readonly options: ProducerConnectionOptions) {}

  /** Resolves once the client is loaded; then it looks for the brokers, and `failed` is told when none is there. */
  async open(failed: (error: unknown) => void): Promise<void> {
    const { base } = await this.ready();
    void base.metadata({ topics: [] }).catch(failed);
  }

  /** Resolves once every replica in sync has every record; tries again for less than a second. Throws the last error. */
  async send(records: readonly WireRecord[]): Promise<void> {
    const { abandoned } = this;
    let rest = records;
    let failures = 0;
    while (rest.length > 0) {
      try {
        rest = await this.attempt(rest, failures > 0);
      } catch (error) {
        const delay = retryDelaysMs[failures];
        if (delay === undefined || abandoned !== this.abandoned) throw error;
        failures += 1;
        if (error instanceof Unsent) rest = error.records;
        await new Promise((resolve) => setTimeout(resolve, delay));
      }
    }
  }

  /** Cuts every connection: what is under way fails now and is not tried again. For a broker that says nothing. */
  async abandon(): Promise<void> {
    this.abandoned += 1;
    const opened = await this.opened;
    for (const [, connection] of opened?.base.connections ?? []) connection.socket?.destroy();
  }

  async close(): Promise<void> {
    const opened = await this.opened;
    await opened?.base.close();
  }

  private ready(): Promise<Opened> {
    return (this.opened ??= this.load());
  }

  /** The client is loaded when it is first needed: most services send through the outbox alone. */
  private async load(): Promise<Opened> {
    const client = await import('@platformatic/kafka');
    const { clientId, brokers, connectTimeoutMs, requestTimeoutMs } = this.options;
    const timeouts = { connectTimeout: connectTimeoutMs, requestTimeout: requestTimeoutMs, timeout: storeTimeoutMs };
    const known = { retries: 0, metadataMaxAge: metadataAgeMs };
    const base = new client.Base({ clientId, bootstrapBrokers: [...brokers], ...timeouts, ...known });
    // A failed connection is told to who asked for it; an emitter without a listener would end the process.
    base.connections.on('connecting', ({ connection }) => connection.on('error', () => undefined));
    return { client, base };
  }

  /** Sends what fits one request to each partition and answers the rest. Throws `Unsent` where some were not taken. */
  private async attempt(records: readonly WireRecord[], refresh: boolean): Promise<readonly WireRecord[]> {
    const { client, base } = await this.ready();
    const topics = [...new Set(records.map((record) => record.topic))];
    const metadata = await base.metadata({ topics, forceUpdate: refresh });
    const { portions, later } = portionsOf(records, (topic) => metadata.topics.get(topic)?.partitionsCount ?? 1);
    const leader = ({ topic, partition }: Portion) => metadata.topics.get(topic)?.partitions[partition]?.leader ?? -1;
    const byLeader = Map.groupBy(portions, leader);
    const outcomes = await Promise.allSettled(
      [...byLeader].map(([node, own]) => produce({ client, base }, metadata.brokers.get(node), own)),
    );
    const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as Unsent] : []));
    const [first] = failures;
    if (first) throw new Unsent([...failures.flatMap((failure) => failure.records), ...later], first.cause);
    return later;
  }
}

interface Opened {
  readonly client: Client;
  readonly base: Base;
}

async function produce({ client, base }: Opened, broker: Broker | undefined, portions: readonly Portion[]) {
  try {
    if (!broker) throw new Error('A partition has no leader now.');
    const connection = await base.connections.get(broker);
    await new Promise<ProduceResponse>((resolve, reject) => {
      const settle = (error: Error | null | undefined, answer?: ProduceResponse): void =>
        error || !answer ? reject(error ?? new Error('Kafka gave no answer.')) : resolve(answer);
      const { api, parseResponse } = client.produceV9;
      connection.send(api.key, api.version, () => requestOf(client, portions), parseResponse, true, true, settle);
    });
  } catch (error) {
    throw new Unsent(refused(portions, error), error);
  }
}

/** Version 9 of Produce, which every broker from 2.8 on speaks. */
function requestOf({ Writer, crc32c }: Client, portions: readonly Portion[]): Writer {
  const byTopic = Map.groupBy(portions, ({ topic }) => topic);
  return Writer.create()
    .appendString(null)
    .appendInt16(acksAll)
    .appendInt32(storeTimeoutMs)
    .appendArray([...byTopic], (topics, [topic, own]) => {
      topics.appendString(topic).appendArray([...own], (list, { partition, records }) => {
        const batch = encodeBatch(records, crc32c);
        list
          .appendInt32(partition)
          .appendUnsignedVarInt(batch.length + 1)
          .append(batch);
      });
    })
    .appendTaggedFields();
}

/** Some records were not taken; they may be there all the same, when only the answer was lost. */
class Unsent extends Error {
  constructor(
    readonly records: readonly WireRecord[],
    override readonly cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : 'Kafka did not take the records.');
  }
}

/** The records of the partitions that a broker refused, or all of them where there is no answer. */
function refused(portions: readonly Portion[], error: unknown): WireRecord[] {
  const answer = (error as { response?: ProduceResponse }).response;
  if (!answer) return portions.flatMap(({ records }) => [...records]);
  const taken = new Set(
    answer.responses.flatMap(({ name, partitionResponses }) =>
      partitionResponses.filter((each) => each.errorCode === 0).map((each) => `${name}/${each.index}`),
    ),
  );
  return portions
    .filter(({ topic, partition }) => !taken.has(`${topic}/${partition}`))
    .flatMap(({ records }) => [...records]);
}

const keyBuffer = Buffer.allocUnsafeSlow(1_024);

/** A partition's records in their order; what would make its batch too large for a broker comes in a later request. */
function portionsOf(
  records: readonly WireRecord[],
  countOf: (topic: string) => number,
): { portions: Portion[]; later: WireRecord[] } {
  const places = new Map<string, { topic: string; partition: number; records: WireRecord[]; bytes: number }[]>();
  const later: WireRecord[] = [];
  for (const record of records) {
    let partitions = places.get(record.topic);
    if (!partitions) places.set(record.topic, (partitions = []));
    const partition = partitionFor(record, countOf(record.topic));
    const place = (partitions[partition] ??= { topic: record.topic, partition, records: [], bytes: 0 });
    const full = place.records.length > 0 && place.bytes + sizeOf(record) > batchLimitBytes;
    // Once one had to wait, so do all behind it.
    place.bytes = full ? Number.POSITIVE_INFINITY : place.bytes + sizeOf(record);
    (full ? later : place.records).push(record);
  }
  return { portions: [...places.values()].flatMap((each) => each.filter(Boolean)), later };
}

function partitionFor({ key, keyBytes }: WireRecord, count: number): number {
  if (keyBytes > keyBuffer.length) return partitionOf(Buffer.from(key), count);
  keyBuffer.write(key, 0, keyBytes);
  return partitionOf(keyBuffer, count, keyBytes);
}
