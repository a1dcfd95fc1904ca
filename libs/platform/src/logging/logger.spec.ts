import { Logger } from './logger';

function captured(write: (logger: Logger) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(Logger.create('health', 'debug', { write: (line) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('a log line', () => {
  it('is JSON with time, level, service and the fields', () => {
    const [line] = captured((logger) => logger.with({ tenant: 'acme' }).info('Scored', { accountId: 'a1' }));
    expect(line).toMatchObject({
      level: 'info',
      service: 'health',
      tenant: 'acme',
      accountId: 'a1',
      message: 'Scored',
    });
    expect(new Date(String(line?.['time'])).getTime()).not.toBeNaN();
  });

  it('hides credentials wherever they usually stand', () => {
    const secret = 'hunter2';
    const lines = captured((logger) => {
      logger.info('at the top', { password: secret, authorization: secret, token: secret, apiKey: secret });
      logger.info('in an object', { config: { databaseUrl: secret, secret, key: secret } });
      logger.info('in a request', { request: { headers: { authorization: secret, cookie: secret } } });
      logger.error('in words', { error: new Error(`postgres://app:${secret}@db/x refused Bearer ${secret}`) });
      logger.error('in a cause', { err: new Error('outer', { cause: new Error(`redis://:${secret}@r`) }) });
    });
    expect(lines).toHaveLength(5);
    expect(JSON.stringify(lines)).not.toContain(secret);
  });

  it('shows an error’s code and stack, and not the row it came from', () => {
    const error = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (email)=(ada@acme.test)' });
    const [line] = captured((logger) => logger.error('Failed', { error }));
    expect(line?.['error']).toMatchObject({ type: 'Error', message: 'duplicate key', code: '23505' });
    expect(JSON.stringify(line)).not.toContain('ada@acme.test');
  });
});
