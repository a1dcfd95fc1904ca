import { type Envelope, usageRecorded } from '@tenure/contracts';
import { buildEnvelope, infra } from '@tenure/testing';
import { Kafka, logLevel } from 'kafkajs';

const accounts = 2_000;
const usersPerAccount = 10;
const names = 40;
const atOnce = 5_000;

/** How the waiting events were spread. */
export const spread = { accounts, users: accounts * usersPerAccount, names };

/** Event `n` of the backlog: accounts and users in a fixed shuffle, an hour of time in all. */
function usageEvent(n: number, of: number, until: number): Envelope {
  // A multiplicative hash: neighbours in the log are of different accounts, as they are in life.
  const shuffled = Math.imul(n, 2_654_435_761) >>> 0;
  const account = shuffled % accounts;
  const user = (shuffled >>> 13) % usersPerAccount;
  const time = new Date(until - Math.round(((of - n) / of) * 3_600_000)).toISOString();
  const data = {
    userId: `user-${account}-${user}`,
    event: `Feature ${(shuffled >>> 7) % names} Used`,
    properties: { plan: 'professional', rows: 1_200, from: 'dashboard' },
  };
  return buildEnvelope(usageRecorded, data, {
    tenant: 'bench',
    account: `account-${account}`,
    source: '/sources/bench',
    time,
    receivedat: time,
  });
}

/** Puts `count` events on a topic, to wait there. Answers the bytes of their values. */
export async function produceUsage(topic: string, count: number): Promise<number> {
  const producer = new Kafka({ brokers: [...infra().brokers], logLevel: logLevel.NOTHING }).producer();
  await producer.connect();
  const until = Date.now();
  let bytes = 0;
  for (let from = 0; from < count; from += atOnce) {
    const messages = Array.from({ length: Math.min(atOnce, count - from) }, (_, n) => {
      const event = usageEvent(from + n, count, until);
      return { key: event.partitionkey, value: JSON.stringify(event), timestamp: String(Date.parse(event.receivedat)) };
    });
    bytes += messages.reduce((sum, message) => sum + Buffer.byteLength(message.value), 0);
    await producer.send({ topic, acks: -1, messages });
  }
  await producer.disconnect();
  return bytes;
}
