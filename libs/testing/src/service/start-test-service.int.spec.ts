import { Controller, Get, Module } from '@nestjs/common';
import { Caller, Clock, Roles, ServiceConfig, type CallerIdentity, type ServiceDefinition } from '@tenure/platform';
import { FixedClock } from '../fixed-clock';
import { callerToken } from './caller-token';
import { startTestService } from './start-test-service';

@Controller('api/v1/self')
class SelfController {
  constructor(private readonly clock: Clock) {}

  @Get()
  @Roles('admin')
  self(@Caller() caller: CallerIdentity) {
    return { subject: caller.subject, now: this.clock.now() };
  }
}

@Module({ controllers: [SelfController] })
class SelfModule {}

const definition: ServiceDefinition = { config: ServiceConfig, module: SelfModule, migrations: [] };

describe('a test service', () => {
  it('runs on a port, a database and topics of its own, and knows its callers and the time it was given', async () => {
    const clock = new FixedClock('2026-03-02T10:00:00.000Z');
    const service = await startTestService('self', definition, { clock });
    const answer = await fetch(`${service.url}/api/v1/self`, {
      headers: { authorization: `Bearer ${await callerToken('self', { subject: 'person-7' })}` },
    });
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { subject: 'person-7', now: '2026-03-02T10:00:00.000Z' },
    ]);
    await service.stop();
    await expect(fetch(service.url)).rejects.toThrow('fetch failed');
  });

  it('starts again on the database and the topics of one that was stopped', async () => {
    const first = await startTestService('self', definition);
    const { db, kafka } = first;
    const second = await startTestService('self', definition, { database: db, kafka });
    await second.stop();
    expect((await fetch(`${first.url}/health/live`)).status).toBe(200);
    await first.stop();
  });
});
