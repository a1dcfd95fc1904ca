export { FromEnv, type EnvOptions } from './config/from-env';
export { ConfigError, loadConfig, type ConfigClass, type Environment } from './config/load-config';
export type { PublicKey } from './config/public-keys';
export { ServiceConfig, TelemetryConfig } from './config/service.config';
export { databaseFailure, sqlState, type DatabaseFailure } from './errors/database-failure';
export { Problem, type ProblemBody, type ProblemItem, type ProblemOptions } from './errors/problem';
export { problemKinds, type Disposition, type ProblemCode } from './errors/problem-table';
export { Authenticator } from './auth/authenticator';
export { Caller, callerOf, type CallerIdentity } from './auth/caller';
export { admins, leaders, operators, Public, readers, Roles, roles, writers, type Role } from './auth/roles';
export { listRoutes, type RouteAudience } from './auth/routes';
export { bearerToken } from './auth/token.authenticator';
export { problemType, sendProblem } from './errors/problem.filter';
export { toProblem } from './errors/to-problem';
export { decodeCursor, encodeCursor, pageOf, PageQuery, type CursorValues, type Page } from './http/cursor';
export { UnkeptAnswer } from './http/idempotency.interceptor';
export { OpenApi } from './http/open-api';
export { RateLimit, Unlimited } from './http/rate-limiter';
export { allowLongRequest, streamBodies, type StreamedBodies } from './http/streamed-body';
export { Readiness, type ReadinessCheck, type ReadinessReport } from './http/readiness';
export { Logger, type LogFields } from './logging/logger';
export { platformMigrations } from './run-service/platform-migrations';
export type { ServiceDefinition } from './run-service/service-definition';
export { startService, type RunningService, type StartOptions } from './run-service/start-service';
export { startTelemetry, type StopTelemetry } from './telemetry/start-telemetry';
export {
  currentTraceId,
  currentTraceparent,
  meter,
  tracer,
  withTraceContext,
  type TraceCarrier,
} from './telemetry/tracing';
export { signServiceToken, tokenLifetime, TokenVerifier, type TokenClaims } from './auth/token';
export { Clock } from './clock/clock';
export { bools, byteas, float8s, int4s, int8s, texts, timestamps } from './database/binary-array';
export { revertMigration, runMigrations, type MigrationClass } from './database/migrate';
export type { Ask, DerivedState } from './replay/derived-state';
export { hashService, type ReplayOptions, replayService, snapshotService } from './replay/replay-service';
export type { StateHash } from './replay/state-hash';
export { Database, type DatabaseOptions } from './database/database';
export { ErasedPeople } from './erasure/erased-people';
export { roleOf } from './database/migrate';
export { Notifications } from './database/notifications';
export { systemTable, tenantTable } from './database/tables';
export type { Tx } from './database/tx';
export { armDue, type Due } from './due/due-index';
export { type DueHandler, DueSweeper } from './due/due-sweeper';
export { type JobOptions, Jobs } from './jobs/jobs';
export { type BatchContext, Consume, Consumers } from './messaging/consume.decorator';
export { ConsumerState } from './messaging/consumer-state';
export { deadLetterTopic } from './messaging/dead-letters.repository';
export { KafkaClient } from './messaging/kafka-client';
export { KafkaStrategy } from './messaging/kafka.strategy';
export { partitionOf } from './messaging/partitioner';
export { type OutgoingRecord, Producer } from './messaging/producer';
export { createTopics, TopicProvisioner } from './messaging/topic-provisioner';
export { Outbox, type OutgoingEvent } from './outbox/outbox';
export { OutboxRelay } from './outbox/outbox-relay';
export {
  type AccountKey,
  accountName,
  accountsOf,
  followMerges,
  type LockedAccount,
  type LockedBatch,
  lockAccounts,
  lockFollowing,
  lockForMerge,
  type MergeEnds,
} from './state/accounts';
export { Accounts1760000000001 as accountsMigration } from './state/accounts.migration';
export { entityOf, type EntityRef } from './state/entities';
export {
  compareRanks,
  dataOf,
  emptyState,
  fold,
  type FoldedState,
  type Rank,
  type Statement,
} from './state/fold-state';
export {
  type ChangedEntity,
  currentState,
  entityHistory,
  type EntityKey,
  type EntityState,
  moveState,
  recordState,
  type StateEvent,
  stateHistory,
  statementOfEvent,
} from './state/state-history';
export { StateHistory1760000000002 as stateHistoryMigration } from './state/state-history.migration';
export { statementOf } from './state/statement';
export type { MigrationTarget } from './database/migration-target';
export { type AccountEventSteps, inAccountOrder } from './state/account-events';
