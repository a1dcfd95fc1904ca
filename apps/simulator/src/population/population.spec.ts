import { createHash } from 'node:crypto';
import { eventByType, validateData } from '@tenure/contracts';
import { DAY_MS, defaultModel, featuresOn, outcomesOf, score } from '@tenure/scoring';
import { dayOf } from '../world/calendar.domain';
import { courseOf, historyOf, inputsOn, observe, type Observed } from './account.domain';
import { eventsOf } from './events.domain';
import { foldEvents } from './fold-events.domain';
import { type Estate, estates, noTraps, type Traps } from './population.domain';
import { keyFeatures } from './use.domain';

function worlds(seed: string, accounts: number, traps: Partial<Traps> = {}): Estate[] {
  const until = dayOf('2026-06-30');
  return estates({ seed, tenants: 1, accounts, months: 24, until, regime: 'normal', traps: { ...noTraps, ...traps } });
}

function population(seed: string, accounts: number, traps: Partial<Traps> = {}): Observed[] {
  return worlds(seed, accounts, traps).flatMap((estate) =>
    Array.from({ length: accounts }, (_, index) => courseOf(estate, index)).flatMap((one) =>
      one ? [observe(one)] : [],
    ),
  );
}

const digest = (accounts: readonly Observed[]) =>
  createHash('sha256')
    .update(JSON.stringify(accounts.map((one) => [eventsOf(one), one.course])))
    .digest('hex');

describe('the population', () => {
  it('is the same, byte by byte, for the same seed, and another for another', () => {
    expect(digest(population('one', 6))).toBe(digest(population('one', 6)));
    expect(digest(population('one', 6))).not.toBe(digest(population('two', 6)));
  });

  it('sends only what the contracts allow, duplicates and late events among it', () => {
    const events = population('valid', 8).flatMap(eventsOf);
    for (const { type, data } of events) {
      const definition = eventByType(type);
      expect(definition && validateData(definition, data)).toEqual({ ok: true });
    }
    const late = events.filter(({ time, knownat }) => Date.parse(knownat ?? time) - Date.parse(time) > DAY_MS);
    expect(late.length / events.length).toBeGreaterThan(0.005);
    expect(1 - new Set(events.map(({ id }) => id)).size / events.length).toBeCloseTo(0.03, 1);
  });

  it('gives the same features from daily deltas as from its events', () => {
    for (const observed of population('equal', 10)) {
      const { estate, member } = observed.course;
      const around = {
        accountId: member.accountId,
        timeZone: member.timeZone,
        inputs: inputsOn(estate, estate.until),
        keyFeatures,
      };
      const [deltas, folded] = [historyOf(observed), foldEvents(eventsOf(observed).reverse(), around)];
      for (const day of [estate.start + 250, estate.start + 400, estate.until - 60, estate.until]) {
        const seen = [deltas, folded].map((history) => {
          const features = featuresOn({ tenant: 't', csm: null, history }, day);
          const values = Object.fromEntries(
            Object.entries(features.values).map(([name, { value }]) => [
              name,
              value === null ? null : Number(value.toFixed(9)),
            ]),
          );
          return { values, score: score(features, defaultModel()).score };
        });
        expect(seen[1]).toEqual(seen[0]);
      }
    }
  });

  it('lets the contracts tell every decision as it was', () => {
    const judged = population('told', 60).flatMap((observed) => {
      const { estate, member, decisions } = observed.course;
      const told = new Map(outcomesOf(historyOf(observed), estate.until).map((one) => [one.decisionDay, one.lost]));
      const begun = Math.max(estate.start, member.firstDay) + 2;
      return decisions
        .filter(({ day, end }) => day > begun && end + 46 <= estate.until)
        .map(({ day, lost }) => ({ lost, told: told.get(day) }));
    });
    expect(judged.length).toBeGreaterThan(20);
    expect(judged.filter(({ lost, told }) => lost !== told)).toEqual([]);
  });

  it('keeps a field that is filled after the decision out of every look before it', () => {
    const [plain, leaking] = [population('leak', 40), population('leak', 40, { leakingField: true })];
    const looks = (accounts: readonly Observed[]) =>
      accounts.flatMap((one) =>
        one.course.decisions
          .filter(({ day, lost }) => lost && day > one.course.estate.start + 200 && day <= one.course.estate.until)
          .map(({ day }) => featuresOn({ tenant: 't', csm: null, history: historyOf(one) }, day - 60).values),
      );
    expect(looks(plain).length).toBeGreaterThan(0);
    expect(looks(leaking)).toEqual(looks(plain));
  });
});
