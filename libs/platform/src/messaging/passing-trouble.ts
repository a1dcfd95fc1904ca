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
  if (!(error instanceof Error)) return false;
  const { retriable } = error as { retriable?: unknown };
  if (names.has(error.name) || (error.name === 'KafkaJSProtocolError' && retriable === true)) return true;
  return databaseFailure(error) === 'dependency';
}
