import {
  type DisagreementsBody,
  type HealthBody,
  type HealthHistoryBody,
  type LedgerBody,
  type PulsesBody,
} from '@tenure/contracts';
import { DueSweeper } from '@tenure/platform';
import { defaultModel, type ModelFile } from '@tenure/scoring';
import { build, callerToken, eventually, FixedClock, startTestService, type TestService } from '@tenure/testing';

import { service } from '../health.service';
import type { Plan } from './plan.domain';

const dayMs = 86_400_000;
/** A Wednesday. */
const today = Date.parse('2026-06-10T12:00:00.000Z');
const shipped = defaultModel();
const file: ModelFile = (({ version: _version, ...content }) => content)(shipped);
/** Recency counts for nearly everything. */
const stricter: ModelFile = {
  ...file,
  number: 2,
  measures: file.measures.map((each) => (each.name === 'usage-recency' ? { ...each, weight: 400 } : each)),
};

describe('models of a tenant, and what people say beside them', () => {
  const clock = new FixedClock(new Date(today));
  let health: TestService;

  const call = async <T>(method: string, path: string, body?: object, role: 'leader' | 'csm' | 'viewer' = 'leader') => {
    const token = await callerToken('health', { tenant: 'acme', role, name: 'Ana' });
    const answer = await fetch(health.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as T };
  };
  const scoreOf = async (account: string) => (await call<HealthBody>('GET', `/api/v1/accounts/${account}/health`)).body;
  const sweep = () => health.app.get(DueSweeper).sweep();

  beforeAll(async () => {
    health = await startTestService('health', service, { clock });
    // Three people every day until ten days ago: the default model still likes the account, recency does not.
    const events = Array.from({ length: 60 }, (_, index) => 70 - index).flatMap((ago) =>
      [1, 2, 3].map((user) => {
        const time = new Date(today - ago * dayMs).toISOString();
        const data = { userId: `user-${user}`, event: 'Report Exported' };
        return build.usage(data, { account: 'globex', time, receivedat: time });
      }),
    );
    // Somebody else's event of today: the source delivers, it is globex that is silent.
    const now = new Date(today - 1_000).toISOString();
    const fresh = build.usage(
      { userId: 'user-1', event: 'Report Exported' },
      { account: 'initech', time: now, receivedat: now },
    );
    await health.kafka.produce(...events, fresh);
    await eventually(async () => {
      if (typeof (await scoreOf('globex')).score !== 'number') throw new Error('globex has no score yet');
    });
  });
  afterAll(() => health.stop());

  it('starts with the model that ships', async () => {
    const { body } = await call<{ version: string; waiting: number }>('GET', '/api/v1/models/current');
    expect(body).toMatchObject({ version: shipped.version, waiting: 0 });
    expect((await call('GET', '/api/v1/models/schema')).body).toHaveProperty('properties.measures');
  });

  it('refuses a file with a pointer to every error, and a second content under one number', async () => {
    const broken = { ...file, coverageFloor: 7, measures: [] };
    const refused = await call<{ errors: { pointer: string }[] }>('POST', '/api/v1/models', { model: broken });
    expect(refused.status).toBe(400);
    expect(refused.body.errors.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/model/coverageFloor', '/model/measures']) as string[],
    );
    expect((await call('POST', '/api/v1/models', { model: { ...stricter, number: 1 } })).status).toBe(409);
    expect((await call('POST', '/api/v1/models', { model: stricter }, 'csm')).status).toBe(403);
  });

  it('says in words what a file would change', async () => {
    const { body } = await call<{ changes: { sentence: string }[] }>('POST', '/api/v1/models/compare', {
      model: stricter,
    });
    expect(body.changes.map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(/^The weight of usage-recency rises from 10 to 400/),
    ]);
  });

  it('plans, publishes, rescores, shows the past under the new model, and rolls back', async () => {
    const before = await scoreOf('globex');
    const { body: added } = await call<{ version: string }>('POST', '/api/v1/models', { model: stricter });
    const asked = await call<{ studyId: string }>('POST', `/api/v1/models/${added.version}/plan`);
    expect(asked.status).toBe(202);
    const plan = await eventually(async () => {
      const { body } = await call<{ state: string; done: number; result: Plan }>(
        'GET',
        `/api/v1/studies/${asked.body.studyId}`,
      );
      expect(body.state).toBe('done');
      return body;
    });
    expect(plan).toMatchObject({ done: 2, result: { accounts: 2 } });

    const published = await call('POST', `/api/v1/models/${added.version}/publish`, { note: 'Recency first' });
    expect(published).toMatchObject({ status: 200, body: { publication: 1, rescoring: 2 } });
    await sweep();
    const after = await scoreOf('globex');
    expect(after.modelVersion).toBe(added.version);
    expect(after.score).toBeLessThan(before.score ?? 0);
    const { moved, meanChange } = plan.result;
    expect(moved).toBeGreaterThan(0);
    expect(meanChange).not.toBe(0);

    const under = async (model: string) =>
      (
        await call<HealthHistoryBody>(
          'GET',
          `/api/v1/accounts/globex/health/history?from=2026-04-15&to=2026-06-10&model=${model}`,
        )
      ).body.items;
    const [old, now] = [await under(shipped.version), await under('current')];
    expect(now.length).toBeGreaterThan(6);
    expect(now.map(({ day }) => day)).toEqual(old.map(({ day }) => day));
    expect(now.at(-1)).toMatchObject({ day: '2026-06-10', score: after.score, modelVersion: added.version });
    expect(old.at(-1)?.score).toBe(before.score);

    const back = await call<{ version: string }>('POST', '/api/v1/models/rollback', { note: 'Too strict' });
    expect(back.body.version).toBe(shipped.version);
    await sweep();
    expect((await scoreOf('globex')).score).toBe(before.score);
    const { body: list } = await call<{ publications: { version: string }[] }>('GET', '/api/v1/models');
    expect(list.publications.map(({ version }) => version)).toEqual([shipped.version, added.version]);
  });

  it('splits a change of the score so that it adds up', async () => {
    const { body } = await call<LedgerBody>('GET', '/api/v1/accounts/globex/ledger?from=2026-05-25');
    const cents = (points: number) => Math.round(points * 100);
    expect(body.parts.map(({ cause }) => cause)).toEqual(['behaviour', 'time', 'late-data', 'model', 'override']);
    expect(body.parts.reduce((sum, { points }) => sum + cents(points), 0)).toBe(cents(body.difference));
    expect(cents(body.difference)).toBe(cents(body.to.score ?? 0) - cents(body.from.score ?? 0));
    const wrong = await call<{ pointer: string }>('GET', '/api/v1/accounts/globex/ledger?from=2026-06-11');
    expect(wrong).toMatchObject({ status: 400, body: { pointer: '/from' } });
    expect((await call('GET', '/api/v1/accounts/nobody/ledger?from=2026-06-01')).status).toBe(404);
  });

  it('keeps a pulse beside the score and lists where they disagree', async () => {
    const { band } = await scoreOf('globex');
    const other = band === 'red' ? 'green' : 'red';
    const said = await call<PulsesBody>('POST', '/api/v1/accounts/globex/pulses', {
      band: other,
      reason: 'They told me',
    });
    expect(said.body.current).toMatchObject({ band: other, by: { name: 'Ana' }, reason: 'They told me' });
    const { body } = await call<DisagreementsBody>('GET', '/api/v1/disagreements');
    expect(body.items).toEqual([expect.objectContaining({ accountId: 'globex', band })]);
    expect((await scoreOf('globex')).band).toBe(band);
    await call('DELETE', '/api/v1/accounts/globex/pulses/current');
    expect((await call<DisagreementsBody>('GET', '/api/v1/disagreements')).body.items).toEqual([]);
  });

  it('makes an override a line of the score until it ends or expires', async () => {
    const before = await scoreOf('globex');
    const none = await call<{ pointer: string }>('PUT', '/api/v1/accounts/globex/override', { reason: 'because' });
    expect(none).toMatchObject({ status: 400, body: { pointer: '/score' } });
    const set = { score: 12.5, reason: 'Their budget was cut', expiresAt: '2026-06-20T00:00:00.000Z' };
    await call('PUT', '/api/v1/accounts/globex/override', set, 'csm');
    const overridden = await scoreOf('globex');
    expect(overridden.score).toBe(12.5);
    expect(overridden.contributions.at(-1)).toMatchObject({ measure: 'override:score' });
    expect(overridden.contributions.reduce((sum, { points }) => sum + Math.round(points * 100), 0)).toBe(1250);
    clock.set('2026-06-20T00:00:00.001Z');
    await sweep();
    const expired = await scoreOf('globex');
    expect(expired.contributions.map(({ measure }) => measure)).not.toContain('override:score');
    clock.set(new Date(today).toISOString());
    expect(before.score).not.toBe(12.5);
  });

  const answered = async <T>(path: string, body?: object): Promise<T> => {
    const asked = await call<{ studyId: string }>('POST', path, body);
    expect(asked.status).toBe(202);
    return eventually(async () => {
      const { body: study } = await call<{ state: string; result: T }>('GET', `/api/v1/studies/${asked.body.studyId}`);
      expect(study.state).toBe('done');
      return study.result;
    });
  };

  it('says a churn probability as a prior, with parts that add up, while there are too few outcomes', async () => {
    const { body } = await call<{ logOdds: number; basis: string; parts: { logOdds: number }[] }>(
      'GET',
      '/api/v1/accounts/globex/churn',
    );
    expect(body.basis).toBe('prior');
    expect(body.parts.reduce((sum, part) => sum + part.logOdds, 0)).toBeCloseTo(body.logOdds, 9);
    const fit = await answered<{ version: string; adoptable: boolean; card: { verdict: string } }>(
      '/api/v1/churn-models/fit',
    );
    expect(fit).toMatchObject({ adoptable: false, card: { abstention: { why: 'too-few-outcomes' } } });
    const adopted = await call<{ detail: string }>('POST', `/api/v1/churn-models/${fit.version}/adopt`, {
      note: 'Try',
    });
    expect(adopted).toMatchObject({ status: 409, body: { detail: fit.card.verdict } });
  });

  it('holds a model against the past, and says so where the past proves nothing', async () => {
    const report = await answered<{ accounts: number; verdict: string }>('/api/v1/backtests', { subject: 'score' });
    expect(report.accounts).toBe(2);
    expect(report.verdict).toMatch(/No evidence/);
    const wrong = await call<{ pointer: string }>('POST', '/api/v1/backtests', {
      subject: 'score',
      version: 'none-1.0',
    });
    expect(wrong).toMatchObject({ status: 404, body: { pointer: '/version' } });
  });

  it('tells what the alerts of today would have said over the last year', async () => {
    const year = await answered<{ accounts: number; churned: number; sentence: string }>('/api/v1/last-year');
    expect(year).toMatchObject({
      accounts: 2,
      churned: 0,
      sentence: expect.stringMatching(/^Nobody was lost/) as string,
    });
    const { body } = await call<{ study: { result: object } }>('GET', '/api/v1/last-year');
    expect(body.study.result).toEqual(year);
  });
});
