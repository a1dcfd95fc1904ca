import { Kafka, logLevel, type Message, type Producer } from 'kafkajs';

/** An operator's own program that writes straight to the input topics, past ingestion and its checks. */
export class DirectProducer {
  private constructor(private readonly producer: Producer) {}

  static async connect(brokers: readonly string[]): Promise<DirectProducer> {
    const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
    const producer = kafka.producer({ allowAutoTopicCreation: false });
    await producer.connect();
    return new DirectProducer(producer);
  }

  async send(topic: string, messages: readonly Message[]): Promise<void> {
    await this.producer.send({ topic, acks: -1, messages: [...messages] });
  }

  async disconnect(): Promise<void> {
    await this.producer.disconnect();
  }
}

/** A record as the contract wants it, of this tenant and account. */
export function recordOf(tenant: string, type: string, id: string, data: { readonly accountId: string }): Message {
  const now = new Date().toISOString();
  const key = `${tenant}:${data.accountId}`;
  const envelope = {
    specversion: '1.0',
    id,
    source: 'direct',
    type: `tenure.${type}.v1`,
    subject: data.accountId,
    time: now,
    tenantid: tenant,
    partitionkey: key,
    receivedat: now,
    datacontenttype: 'application/json',
    data,
  };
  return { key, value: JSON.stringify(envelope) };
}
