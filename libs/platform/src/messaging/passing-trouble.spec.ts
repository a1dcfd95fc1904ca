import { KafkaJSNonRetriableError, KafkaJSProtocolError } from 'kafkajs';

import { isPassing } from './passing-trouble';

/** As kafkajs makes it when it stops trying. */
const givenUp = (cause: Error): Error => Object.assign(new KafkaJSNonRetriableError(cause), { cause });

/** Errors that kafkajs throws without telling the type checker. */
const named = (name: string): Error => Object.assign(new Error('away'), { name });

describe('Trouble of a consumer', () => {
  it.each([
    ['a closed connection', named('KafkaJSConnectionClosedError')],
    ['a coordinator that is not found', named('KafkaJSGroupCoordinatorNotFound')],
    ['the same, given up on', givenUp(named('KafkaJSGroupCoordinatorNotFound'))],
    ['a database that shuts down', Object.assign(new Error('no'), { code: '57P01', severity: 'FATAL' })],
  ])('passes: %s', (_, error) => expect(isPassing(error)).toBe(true));

  it.each([
    ['a bug', new TypeError('x is undefined')],
    ['a bug, given up on', givenUp(new TypeError('x is undefined'))],
    ['no right to read', new KafkaJSProtocolError(Object.assign(new Error('no'), { retriable: false }))],
    ['a wrong statement', Object.assign(new Error('no'), { code: '42P01', severity: 'ERROR' })],
    ['no error at all', 'away'],
  ])('stays: %s', (_, error) => expect(isPassing(error)).toBe(false));
});
