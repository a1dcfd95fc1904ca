import { databaseFailure } from './database-failure';
import { Problem } from './problem';
import { problemKinds } from './problem-table';
import { toProblem } from './to-problem';

const postgres = (code: string) => Object.assign(new Error(`row of acme on db-7`), { code, severity: 'ERROR' });

describe('an error of the database', () => {
  it.each([
    ['22P02', 'data'],
    ['23505', 'data'],
    ['40001', 'dependency'],
    ['40P01', 'dependency'],
    ['08006', 'dependency'],
    ['53300', 'dependency'],
    ['57014', 'dependency'],
    ['57P01', 'dependency'],
    ['55P03', 'dependency'],
    ['25P03', 'dependency'],
    ['42P01', 'other'],
    ['42501', 'other'],
  ])('of state %s is sorted as %s', (state, kind) => {
    expect(databaseFailure(postgres(state))).toBe(kind);
    expect(databaseFailure(Object.assign(new Error('Query failed'), { driverError: postgres(state) }))).toBe(kind);
  });

  it.each([
    ['a refused connection', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
    ['a lost connection', new Error('Connection terminated unexpectedly')],
    ['a refused connection on both stacks', new AggregateError([Object.assign(new Error(), { code: 'ECONNREFUSED' })])],
    ['a lost connection as a cause', new Error('outer', { cause: new Error('Connection terminated') })],
  ])('is the dependency’s: %s', (_name, error) => {
    expect(databaseFailure(error)).toBe('dependency');
  });

  it('is not seen in anything else', () => {
    for (const error of [new Error('no'), new TypeError('x is undefined'), 'text', null, undefined]) {
      expect(databaseFailure(error)).toBe('other');
    }
    // A problem's or a file system's code is no SQLSTATE.
    expect(databaseFailure(Object.assign(new Error('no file'), { code: 'EPERM' }))).toBe('other');
  });
});

describe('a problem', () => {
  it('is made of what is known, and nothing of it is shown that should not be', () => {
    const kafka = Object.assign(new Error('broker-3:9092 is away'), { name: 'KafkaJSConnectionError' });
    expect(toProblem(kafka)).toMatchObject({ code: 'unavailable', status: 503, retryAfter: 2 });
    expect(toProblem(postgres('57P01'))).toMatchObject({ code: 'unavailable', disposition: 'retry' });
    expect(toProblem(postgres('23505'))).toMatchObject({ code: 'conflict', disposition: 'dead-letter' });
    expect(toProblem(new Error('db-7'))).toMatchObject({ code: 'internal' });
    for (const error of [kafka, postgres('57P01'), postgres('23505'), postgres('42P01'), new Error('db-7')]) {
      expect(JSON.stringify(toProblem(error).toBody('trace'))).not.toMatch(/db-7|broker-3|acme/);
    }
  });

  it('stays as it is', () => {
    const problem = new Problem('not-found', 'There is no account acme.');
    expect(toProblem(problem)).toBe(problem);
    expect(problem.toBody('0af7')).toEqual({
      type: 'urn:tenure:problem:not-found',
      title: 'There is no such thing',
      status: 404,
      code: 'not-found',
      detail: 'There is no account acme.',
      traceId: '0af7',
    });
  });

  it('has a status of the error ranges for every code', () => {
    for (const { status } of Object.values(problemKinds)) expect(status).toBeGreaterThanOrEqual(400);
  });
});
