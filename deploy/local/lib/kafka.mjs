import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { isTaken } from './ports.mjs';
import { root, logFile } from './paths.mjs';
import { startProgram } from './processes.mjs';
import { troubleOf } from './reason.mjs';
import { note, Trouble } from './say.mjs';

// kafkajs 2.2.4 sets timers in the past, of which Node 24 warns at length.
const warn = process.emitWarning.bind(process);
process.emitWarning = (warning, type, ...rest) => type !== 'TimeoutNegativeWarning' && warn(warning, type, ...rest);

const oldestJava = 17;
const startWithinMs = 180_000;
const pom = join(root, 'deploy/kafka/pom.xml');

/** Why the embedded broker cannot run on this machine, or null. */
export function whyNoKafka(jars) {
  const java = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const version = Number(/version "(\d+)/.exec(java.stderr ?? '')?.[1] ?? 0);
  if (version < oldestJava) return version ? `Java ${version} is too old` : 'there is no Java';
  if (hasJars(jars)) return null;
  return spawnSync('mvn', ['-v']).status === 0 ? null : 'there is no Maven to fetch Apache Kafka with';
}

const stamp = (jars) => join(jars, '.complete');
const hasJars = (jars) => existsSync(stamp(jars)) && readFileSync(stamp(jars), 'utf8') === readFileSync(pom, 'utf8');

function fetchJars(jars) {
  if (hasJars(jars)) return;
  note('Fetching Apache Kafka (once, about 45 MB) …');
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${jars}`];
  const maven = spawnSync('mvn', ['-q', '-B', '-f', pom, ...goal], { encoding: 'utf8' });
  if (maven.status !== 0) {
    const line = maven.stdout.split('\n').find((text) => text.includes('[ERROR]')) ?? maven.stderr;
    throw new Trouble(`Apache Kafka could not be fetched by Maven: ${line.slice(0, 300)}`);
  }
  writeFileSync(stamp(jars), readFileSync(pom));
}

const java = (jars, heap, ...args) => [`-Xmx${heap}`, ...logging, '-cp', join(jars, '*'), ...args];
const logging = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-Dorg.slf4j.simpleLogger.showDateTime=true'];

function format(dir, jars, properties) {
  const bytes = randomBytes(16);
  bytes[0] &= 0x7f; // As text it may not begin with a dash: the tool would take it for an option.
  const id = bytes.toString('base64url');
  const args = java(jars, '128m', 'kafka.tools.StorageTool', 'format', '-t', id, '-c', properties);
  const tool = spawnSync('java', args, { encoding: 'utf8' });
  if (tool.status !== 0) throw new Trouble(`Kafka's data folder ${dir} could not be made: ${tool.stderr.slice(-300)}`);
}

/**
 * One KRaft node from Apache Kafka's own jars, with its data in `dir`. Resolves once an admin call is answered.
 * @returns {Promise<{brokers: string[], stop(): Promise<void>}>}
 */
export async function startKafka({ dir, jars, port, controllerPort, signal = 'SIGTERM' }) {
  if (await isTaken(port)) throw new Trouble(`Port ${port} is in use: Kafka needs it. Set KAFKA_PORT to another.`);
  const log = logFile(dir, 'kafka');
  const data = join(dir, 'kafka');
  fetchJars(jars);
  mkdirSync(data, { recursive: true });
  const properties = join(data, 'server.properties');
  writeFileSync(properties, settings({ port, controllerPort, logs: join(data, 'log') }));
  if (!existsSync(join(data, 'log'))) format(data, jars, properties);
  const program = startProgram({
    name: 'Kafka',
    command: 'java',
    args: java(jars, '512m', '-Xms256m', 'kafka.Kafka', properties),
    log,
    signal,
    graceMs: 15_000,
  });
  const brokers = [`127.0.0.1:${port}`];
  try {
    await answers(program, port, brokers);
  } catch (error) {
    await program.stop();
    throw error;
  }
  return { brokers, stop: program.stop, program };
}

async function answers(program, port, brokers) {
  const until = Date.now() + startWithinMs;
  while (!(await isTaken(port))) {
    if (program.ended || Date.now() > until) throw troubleOf(program);
    await sleep(100);
  }
  await eventually(() => describe(brokers), until, program);
}

async function describe(brokers) {
  const kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING, retry: { retries: 1 } });
  const admin = kafka.admin();
  try {
    await admin.connect();
    await admin.describeCluster();
  } finally {
    await admin.disconnect();
  }
}

async function eventually(attempt, deadline, program) {
  for (;;) {
    try {
      return await attempt();
    } catch {
      if (program.ended || Date.now() > deadline) throw troubleOf(program);
      await sleep(200);
    }
  }
}

// One offsets partition and no initial delay: else the first group of a fresh broker waits for seconds.
const settings = ({ port, controllerPort, logs }) => `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs=${logs}
auto.create.topics.enable=false
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
log.index.size.max.bytes=1048576
log.cleaner.dedupe.buffer.size=16777216
`;
