export { buildEnvelope, type EventFields } from './builders/envelope';
export { build } from './builders/input-events';
export { freshDatabase, type TestDatabase } from './database/fresh-database';
export { eventually } from './eventually';
export { FixedClock } from './fixed-clock';
export { infra, startInfra, type InfraAddress, type RunningInfra } from './infra';
export type { CollectedRecord, Collector } from './kafka/collector';
export { TestKafka, type RawMessage } from './kafka/test-kafka';
export { callerToken, testPublicKeys } from './service/caller-token';
