import fc from 'fast-check';
import type { AlertState } from './alerts/alert';
import { alertTransition } from './alerts/alert-transition';
import { SEVERITIES } from './alerts/severity';
import { FEATURE_NAMES, type Feature, type FeatureName, type Features } from './features/feature';
import { features } from './features/features';
import type { AccountHistory } from './history/account-history';
import { asOf } from './history/as-of';
import type { TicketState } from './history/entities';
import { emptyHistory, entity, humans, NOON, noonOf, TODAY, usageDay } from './history/history-builder';
import { UsageDays, type UsageDay } from './history/usage-days';
import { defaultModel } from './models/default-model';
import { propertyRuns } from './properties.config';
import { accountHealth } from './score/account-health';
import { score } from './score/score';
import { SIGNALS } from './signals/registry';
import type { SignalEvaluation } from './signals/signal';
import { weekday } from './time/day';

/*
 * `npm run properties -w libs/scoring` runs these a million times and more (PROPERTY_RUNS, PROPERTY_SEED); a usual test run
 * takes a sample with the same seed.
 */
const model = defaultModel();
const now = asOf(NOON);

/** A small generator of our own: a million records of 58 optional numbers each would be fast-check's work, not ours. */
function dice(from: number): () => number {
  let state = from >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function anyFeatures(throwOne: () => number): Features {
  const feature = (): Feature => {
    const kind = throwOne();
    const value = kind < 0.2 ? null : kind < 0.5 ? throwOne() : kind < 0.6 ? 0 : throwOne() * 400 - 40;
    return { value, reason: '', evidence: [] };
  };
  const values = Object.fromEntries(FEATURE_NAMES.map((name) => [name, feature()])) as Record<FeatureName, Feature>;
  const segment = [null, 'smb', 'mid-market', 'enterprise'][Math.floor(throwOne() * 4)] ?? null;
  return { asOf: '2026-03-04', segment, stage: null, values };
}

const hundredths = (points: number): number => Math.round(points * 100);

describe('contributions, in every case', () => {
  it('add up exactly, within 0 and 100, and none exceeds its maximum', () => {
    fc.assert(
      fc.property(fc.integer(), (start) => {
        const result = score(anyFeatures(dice(start)), model);
        let [total, exceeded] = [0, false];
        for (const { points, maxPoints } of result.contributions) {
          total += hundredths(points);
          exceeded ||= points > maxPoints;
        }
        const own = hundredths(result.score ?? 0);
        return total === own && own >= 0 && own <= 10_000 && !exceeded;
      }),
      propertyRuns(5_000, 1),
    );
  });
});

const isWorkday = (day: number): boolean => weekday(day) !== 0 && weekday(day) !== 6;

/** Regular users: each comes on most workdays. */
function regularDays(throwOne: () => number, users: number, days: number): UsageDay[] {
  const rows: UsageDay[] = [];
  for (let ago = days; ago >= 0; ago--) {
    if (!isWorkday(TODAY - ago)) continue;
    const there = Array.from({ length: users }, (_, i) => i).filter(() => throwOne() < 0.8);
    if (there.length > 0) rows.push(usageDay(ago, there));
  }
  return rows;
}

const account = (rows: readonly UsageDay[], rest: Partial<AccountHistory> = {}): AccountHistory =>
  emptyHistory({ users: humans(64), usage: UsageDays.of(rows), ...rest });

describe('usage, in every case', () => {
  const usageParts = (rows: readonly UsageDay[]): number =>
    accountHealth(account(rows), now, model)
      .contributions.filter((one) => one.group === 'adoption' || one.group === 'usage-trend')
      .reduce((sum, one) => sum + hundredths(one.points), 0);

  it('more of it in the last days never lowers the usage part', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 1, max: 20 }),
        (start, ago, more) => {
          const throwOne = dice(start);
          const rows = regularDays(throwOne, 1 + Math.floor(throwOne() * 20), 120 + Math.floor(throwOne() * 80));
          const extra = usageDay(
            ago,
            Array.from({ length: more }, (_, i) => 30 + i),
          );
          // A hundredth may move between measures when both round.
          return usageParts([...rows, extra]) >= usageParts(rows) - 1;
        },
      ),
      propertyRuns(200, 0.01),
    );
  });

  it('one event with a wrong date moves no score by more than a point', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 1_000 }), (start, ago) => {
        const throwOne = dice(start);
        const users = 5 + Math.floor(throwOne() * 40);
        const rows = regularDays(throwOne, users, 20 + Math.floor(throwOne() * 400));
        const wrong = usageDay(ago, [Math.floor(throwOne() * users)]);
        const before = accountHealth(account(rows), now, model);
        const after = accountHealth(account([...rows, wrong]), now, model);
        // A history that was a day short of a trend has one with that day, as it would have tomorrow.
        const measures = ({ contributions }: typeof before) => contributions.map((one) => one.measure).join();
        const late = measures(before) !== measures(after);
        return late || Math.abs((after.score ?? 0) - (before.score ?? 0)) <= 1;
      }),
      propertyRuns(200, 0.01),
    );
  });
});

describe('features, in every case', () => {
  const ticket = (start: number) => {
    const throwOne = dice(start);
    const ago = Math.floor(throwOne() * 300);
    const priority = (['low', 'normal', 'high', 'urgent'] as const)[Math.floor(throwOne() * 4)] ?? 'low';
    const state: TicketState = {
      status: throwOne() < 0.5 ? 'open' : 'solved',
      priority,
      openedAt: noonOf(ago),
      escalatedAt: null,
    };
    return entity(`t${start}`, ago, state);
  };

  it('are the same whatever the order of what they rest on, and when some of it is given twice', () => {
    const starts = fc.uniqueArray(fc.nat(10_000), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.integer(), starts, fc.integer(), (start, ids, shuffle) => {
        const throwOne = dice(start);
        const rows = regularDays(throwOne, 8, 90);
        const swap = dice(shuffle);
        const mixed = <T>(list: readonly T[]): T[] => [...list].sort(() => swap() - 0.5);
        const tickets = [...ids].sort((a, b) => a - b).map(ticket);
        const once = features(account(rows, { tickets }), now);
        const again = account([...mixed(rows), ...mixed(rows).slice(0, 5)], {
          tickets: mixed(tickets.map((one) => ({ ...one, states: mixed([...one.states, ...one.states]) }))),
        });
        const values = ({ values: all }: Features) => FEATURE_NAMES.map((name) => all[name].value);
        expect(values(features(again, now))).toEqual(values(once));
      }),
      propertyRuns(100, 0.002),
    );
  });
});

describe('alerts, for every signal', () => {
  const crossings = fc.array(fc.record({ holds: fc.boolean(), wait: fc.integer({ min: 0, max: 864_000 }) }), {
    minLength: 100,
    maxLength: 100,
  });

  it.each(SIGNALS.map((definition) => [definition.name, definition] as const))(
    '%s opens one alert for a hundred crossings in a day',
    (_, { name, version, baseSeverity, clearAfterHours }) => {
      fc.assert(
        fc.property(crossings, fc.constantFrom(...SEVERITIES), (steps, graver) => {
          let [at, opened] = [NOON, 0];
          let alert: AlertState | null = null;
          for (const [i, { holds, wait }] of steps.entries()) {
            at += wait;
            const state = holds || i === 0 ? ('holds' as const) : ('clear' as const);
            const evaluation: SignalEvaluation = {
              ...{ signal: name, signalVersion: version, state, held: state === 'holds', since: at, why: null },
              ...{ stateSince: NOON, evidence: [], summary: '', reason: '', baseSeverity, severityStep: 0 },
              ...{ clearAfterMs: clearAfterHours * 3_600_000, nextDueAt: null },
            };
            const severity = i % 3 === 0 ? graver : baseSeverity;
            const transition = alertTransition(alert, evaluation, { severity, reason: '' }, at);
            if (transition.fresh) opened += 1;
            ({ alert } = transition);
          }
          return opened === 1;
        }),
        propertyRuns(20, 0.000_2),
      );
    },
  );
});
