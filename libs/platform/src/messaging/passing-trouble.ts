import { databaseFailure } from '../errors/database-failure';

const names = new Set([
  'KafkaJSBrokerNotFound',
  'KafkaJSConnectionClosedError',
  'KafkaJSConnectionError',
  'KafkaJSGroupCoordinatorNotFound',
  'KafkaJSMetadataNotLoaded',
  'KafkaJSNumberOfRetriesExceeded',
  'KafkaJSRequestTimeoutError',
]);

/** Whether an error says no more than that Kafka or the database cannot be reached now: it passes by itself. */
export function isPassing(error: unknown): boolean {
  return chain(error).some(isAway) || databaseFailure(error) === 'dependency';
}

function isAway({ name, retriable }: Error & { retriable?: unknown }): boolean {
  return names.has(name) || (name === 'KafkaJSProtocolError' && retriable === true);
}

/** An error and what it wraps: kafkajs puts what it gives up on into a `KafkaJSNonRetriableError`. */
function chain(error: unknown, depth = 0): Error[] {
  if (!(error instanceof Error) || depth > 5) return [];
  const { originalError, cause } = error as { originalError?: unknown; cause?: unknown };
  return [error, ...chain(originalError ?? cause, depth + 1)];
}
